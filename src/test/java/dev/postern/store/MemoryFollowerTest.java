package dev.postern.store;

final class MemoryFollowerTest extends FollowerContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
