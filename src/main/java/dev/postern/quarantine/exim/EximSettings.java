package dev.postern.quarantine.exim;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One Exim.
 *
 * @param source what cases call it
 * @param helper the helper, with what it is run by
 * @param log the main log; empty where it cannot be read
 * @param largest octets of a message that are taken into the store
 */
public record EximSettings(String source, List<String> helper, Optional<Path> log, int largest) {
  /** Copies the list, so that settings never change. */
  public EximSettings {
    helper = List.copyOf(helper);
  }
}
