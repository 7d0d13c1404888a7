package dev.postern.app.command;

import dev.postern.app.settings.Secret;
import dev.postern.app.settings.Settings;
import dev.postern.store.Store;
import dev.postern.store.StoreTrouble;
import dev.postern.store.StoredLog;
import java.time.Duration;

/** Opens the log of the store that the settings name, beside a running Postern where it can. */
final class LogOfStore {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private LogOfStore() {}

  static StoredLog open(Settings.StoreAccess store) throws CommandFailure {
    String password = store.password().map(Secret::text).orElse("");
    try {
      return StoredLog.of(
          new Store.Access(store.url(), store.user(), password, store.sync(), 1, PATIENCE));
    } catch (StoreTrouble trouble) {
      throw CommandFailure.unavailable(String.valueOf(trouble.getMessage()));
    }
  }
}
