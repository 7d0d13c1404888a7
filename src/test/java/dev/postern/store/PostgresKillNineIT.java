package dev.postern.store;

/** On a real PostgreSQL. */
final class PostgresKillNineIT extends KillNineContract {
  @Override
  String database() {
    return Databases.postgres().url();
  }
}
