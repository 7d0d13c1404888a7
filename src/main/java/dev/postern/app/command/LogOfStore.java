package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.store.StoreTrouble;
import dev.postern.store.StoredLog;

/** Opens the log of the store that the settings name, beside a running Postern where it can. */
final class LogOfStore {
  private LogOfStore() {}

  static StoredLog open(Settings.StoreAccess store) throws CommandFailure {
    try {
      return StoredLog.of(store.opened(1));
    } catch (StoreTrouble trouble) {
      throw CommandFailure.unavailable(String.valueOf(trouble.getMessage()));
    }
  }
}
