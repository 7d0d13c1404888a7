package dev.postern.store;

/** Witnesses on a real PostgreSQL. */
final class PostgresWitnessIT extends WitnessContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
