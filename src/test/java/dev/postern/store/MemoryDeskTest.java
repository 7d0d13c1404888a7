package dev.postern.store;

/** The desk on the rows in memory, which must keep the same promises as a database. */
final class MemoryDeskTest extends DeskContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
