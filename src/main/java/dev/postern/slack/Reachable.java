package dev.postern.slack;

import dev.postern.approval.Directory;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Tells for one form which recipients can be asked. Asks Slack about few of those whom nobody
 * knows, and not for long: somebody waits, and a message can have a hundred recipients.
 */
final class Reachable implements Predicate<EmailAddress> {
  /** Slack lets one ask about fifty in a minute. */
  static final int MOST_ASKED_ABOUT = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Directory directory;
  private final InstantSource clock;
  private final Instant until;
  private int left = MOST_ASKED_ABOUT;

  Reachable(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    this.until = clock.instant().plus(PATIENCE);
  }

  @Override
  public boolean test(EmailAddress recipient) {
    if (directory.witness(recipient).isPresent()) {
      return true;
    }
    if (left == 0) {
      return false;
    }
    left--;
    if (directory.refresh(recipient).isPresent() || !clock.instant().isBefore(until)) {
      left = 0; // Slack does not answer, or too slowly
    }
    return directory.witness(recipient).isPresent();
  }
}
