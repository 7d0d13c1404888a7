package dev.postern.approval;

import dev.postern.approval.Campaign.Place;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.MessageSummary;
import java.time.Instant;
import java.util.List;

/**
 * The messages that one card asks about, as a reader sees them.
 *
 * @param campaign what they are
 * @param set the leader first, then the members of the set in the order in which they came; empty
 *     where a member was asked for: lists show many of those
 * @param size how many messages are decided together
 * @param gathering how many have joined since and are in no set yet
 * @param place where the case that was asked for stands; for the leader it is {@code IN_SET}
 */
public record Together(Campaign campaign, List<Kin> set, int size, int gathering, Place place) {
  /** Copies the list, so that it never changes. */
  public Together {
    set = List.copyOf(set);
  }

  /**
   * One message of the set.
   *
   * @param id its case
   * @param state how far that has come
   * @param message what it says of itself; hostile
   * @param recipients of its envelope
   * @param gateway who holds it
   * @param receivedAt when the mail system took it
   * @param strict its strict fingerprint; empty where there is none
   */
  public record Kin(
      CaseId id,
      CaseState state,
      MessageSummary message,
      List<EmailAddress> recipients,
      String gateway,
      Instant receivedAt,
      String strict) {
    /** Copies the list, so that it never changes. */
    public Kin {
      recipients = List.copyOf(recipients);
    }
  }

  /** The case that has the card. */
  public CaseId leader() {
    return campaign.leader();
  }
}
