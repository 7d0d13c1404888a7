package dev.postern.store;

/** Retention on a real PostgreSQL. */
final class PostgresRetentionIT extends RetentionContract {
  @Override
  Store.Access fresh() {
    return Databases.postgres();
  }
}
