package dev.postern.store;

/** Own chats on the rows in memory. */
final class MemoryOwnChatTest extends OwnChatContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
