package dev.postern.store;

/** Days on a real PostgreSQL. */
final class PostgresDayIT extends DayContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
