package dev.postern.store;

/** The stored log on PostgreSQL. */
final class PostgresStoredLogIT extends StoredLogContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
