package dev.postern.store;

/** What grants do with mail, on a real PostgreSQL. */
final class PostgresGrantMailIT extends GrantMailContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
