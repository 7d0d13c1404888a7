package dev.postern.store;

/** Who counts for what on a real PostgreSQL. */
final class PostgresCountingIT extends CountingContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
