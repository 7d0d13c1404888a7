package dev.postern.store;

/** The desk on a real PostgreSQL. */
final class PostgresDeskIT extends DeskContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
