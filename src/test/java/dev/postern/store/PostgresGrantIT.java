package dev.postern.store;

/** Grants on a real PostgreSQL. */
final class PostgresGrantIT extends GrantContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
