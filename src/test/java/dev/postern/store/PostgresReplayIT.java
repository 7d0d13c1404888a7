package dev.postern.store;

/** Signed requests on a real PostgreSQL. */
final class PostgresReplayIT extends ReplayContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
