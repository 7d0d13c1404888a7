package dev.postern.store;

/** Looking again on a real PostgreSQL. */
final class PostgresRecheckIT extends RecheckContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
