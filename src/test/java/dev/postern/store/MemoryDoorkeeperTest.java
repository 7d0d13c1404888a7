package dev.postern.store;

/** Clicks of Slack accounts on the rows in memory. */
final class MemoryDoorkeeperTest extends DoorkeeperContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }
}
