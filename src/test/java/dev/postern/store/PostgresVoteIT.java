package dev.postern.store;

/** Tokens and votes on a real PostgreSQL. */
final class PostgresVoteIT extends VoteContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
