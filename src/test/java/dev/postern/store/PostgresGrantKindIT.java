package dev.postern.store;

/** Grants for a kind of message, on a real PostgreSQL. */
final class PostgresGrantKindIT extends GrantKindContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
