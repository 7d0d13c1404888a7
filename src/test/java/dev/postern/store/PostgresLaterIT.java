package dev.postern.store;

/** A vote that covers later messages, on a real PostgreSQL. */
final class PostgresLaterIT extends LaterContract {
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
