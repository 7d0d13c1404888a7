package dev.postern.store;

/** Places of chat platforms on a real PostgreSQL. */
final class PostgresConversationIT extends ConversationContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
