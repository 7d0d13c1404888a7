package dev.postern.store;

/** Readings of user groups on a real PostgreSQL. */
final class PostgresGroupReadingIT extends GroupReadingContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
