package dev.postern.quarantine.postfix;

import dev.postern.quarantine.NextHopSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One Postfix.
 *
 * @param source what cases call it
 * @param helper the helper, with what it is run by
 * @param programs folder of postqueue and postconf
 * @param config folder of main.cf; empty for the one that Postfix was built with
 * @param reinject service that takes released mail back; empty where there is none
 * @param log the mail log; empty where it cannot be read
 * @param largest octets of a message that are taken into the store
 */
public record PostfixSettings(
    String source,
    List<String> helper,
    Path programs,
    Optional<Path> config,
    Optional<NextHopSettings> reinject,
    Optional<Path> log,
    int largest) {
  /** Copies the list, so that settings never change. */
  public PostfixSettings {
    helper = List.copyOf(helper);
  }
}
