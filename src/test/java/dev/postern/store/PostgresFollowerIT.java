package dev.postern.store;

/** Following a mail system on a real PostgreSQL. */
final class PostgresFollowerIT extends FollowerContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
