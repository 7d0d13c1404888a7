package dev.postern.slack;

import dev.postern.store.Databases;
import dev.postern.store.Store;

final class PostgresSlackStormIT extends SlackStormContract {
  @Override
  Store.Access database() {
    return Databases.postgres();
  }
}
