package dev.postern.store;

/** Grants in memory. */
final class MemoryGrantTest extends GrantContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
