package dev.postern.store;

/** What rules know of senders, in memory. */
final class MemorySenderHistoryTest extends SenderHistoryContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }

  @Override
  void settle() {}
}
