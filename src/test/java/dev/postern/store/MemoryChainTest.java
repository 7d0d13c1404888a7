package dev.postern.store;

/** Chains on the rows in memory, which must keep the same promises as a database. */
final class MemoryChainTest extends ChainContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
