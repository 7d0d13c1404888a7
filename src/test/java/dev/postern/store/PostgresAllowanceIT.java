package dev.postern.store;

/** What rules may still do, on a real PostgreSQL. */
final class PostgresAllowanceIT extends AllowanceContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
