package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.evidence.Dns;

/** Opens the way to DNS that the settings ask for. */
@FunctionalInterface
public interface NameServers {

  /** A resolver for the servers of the settings, or those of the system where none are set. */
  Dns open(Settings.Resolvers settings);
}
