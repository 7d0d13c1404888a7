package dev.postern.store;

/** Who counts for what on the rows in memory, which must keep the same promises as a database. */
final class MemoryCountingTest extends CountingContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
