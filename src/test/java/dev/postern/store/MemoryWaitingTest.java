package dev.postern.store;

/** Stages that wait on the rows in memory. */
final class MemoryWaitingTest extends WaitingContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
