package dev.postern.store;

final class PostgresWakeUpIT extends WakeUpContract {
  private final Store.Access access = Databases.postgres();

  @Override
  Store.Access database() {
    return access;
  }

  @Override
  Store.Access opened() {
    return access;
  }
}
