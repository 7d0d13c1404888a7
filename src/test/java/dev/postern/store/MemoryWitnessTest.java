package dev.postern.store;

/** Witnesses on the rows in memory. */
final class MemoryWitnessTest extends WitnessContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
