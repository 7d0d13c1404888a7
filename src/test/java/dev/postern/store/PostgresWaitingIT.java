package dev.postern.store;

/** Stages that wait on a real PostgreSQL. */
final class PostgresWaitingIT extends WaitingContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
