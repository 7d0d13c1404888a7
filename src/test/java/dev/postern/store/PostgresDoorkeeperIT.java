package dev.postern.store;

/** Clicks of Slack accounts on a real PostgreSQL. */
final class PostgresDoorkeeperIT extends DoorkeeperContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
