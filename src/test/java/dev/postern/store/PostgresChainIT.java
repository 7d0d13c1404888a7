package dev.postern.store;

/** Chains on a real PostgreSQL. */
final class PostgresChainIT extends ChainContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
