package dev.postern.store;

/** What grants do with mail, in memory. */
final class MemoryGrantMailTest extends GrantMailContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
