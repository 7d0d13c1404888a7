package dev.postern.store;

/** Freezing on a real PostgreSQL. */
final class PostgresFreezeIT extends FreezeContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
