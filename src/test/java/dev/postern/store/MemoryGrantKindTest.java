package dev.postern.store;

/** Grants for a kind of message, in memory. */
final class MemoryGrantKindTest extends GrantKindContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
