package dev.postern.store;

/** Votes in chains on a real PostgreSQL. */
final class PostgresChangeOfMindIT extends ChangeOfMindContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
