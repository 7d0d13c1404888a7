package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who was in a user group of a chat platform, which was asked about each of them who can count.
 *
 * @param group as the platform calls it
 * @param tenant the workspace that it is of
 * @param at when the platform named them
 * @param members all of them: a part would make a smaller quorum of all
 */
public record GroupReading(String group, String tenant, Instant at, List<Member> members) {
  /**
   * What is older names nobody any more. Long enough for an outage, and short enough for who was
   * taken out of a group just before one; a click on the platform asks for more.
   */
  public static final Duration USABLE = Duration.ofHours(24);

  /**
   * One of them.
   *
   * @param user the account
   * @param barred why it never counts; empty where it may
   * @param email the address that the workspace verified; empty without
   */
  public record Member(String user, Optional<Refusal> barred, Optional<EmailAddress> email) {}

  /** Copies the list, so that a reading never changes. */
  public GroupReading {
    members = List.copyOf(members);
  }

  /** Whether it is young enough to say whom a policy names. */
  public boolean usable(Instant now) {
    return !at.isBefore(now.minus(USABLE));
  }
}
