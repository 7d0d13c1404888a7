package dev.postern.store;

/** Own chats on a real PostgreSQL. */
final class PostgresOwnChatIT extends OwnChatContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
