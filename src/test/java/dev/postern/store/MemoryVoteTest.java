package dev.postern.store;

/** Tokens and votes on the rows in memory, which must keep the same promises as a database. */
final class MemoryVoteTest extends VoteContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
