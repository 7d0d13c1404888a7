package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;

import dev.postern.approval.Backstory;
import dev.postern.approval.Campaign;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Together;
import dev.postern.evidence.Digest;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.MessageSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages that are decided together with a case, for tests of cards. */
public final class ASet {
  private ASet() {}

  /** So many messages like this one, of which the last has another subject, address and links. */
  public static Backstory of(CaseFile leader, int messages) {
    Duration day = Duration.ofDays(1);
    Campaign.Offer offer = new Campaign.Offer(Optional.of(day), day.multipliedBy(30), 100);
    return of(leader, messages, Optional.of(offer));
  }

  static Backstory of(CaseFile leader, int messages, Optional<Campaign.Offer> offer) {
    List<Together.Kin> set = new ArrayList<>();
    set.add(kin(leader.id(), leader, leader.message(), leader.envelope().recipients(), 0, "a"));
    for (int i = 1; i < messages; i++) {
      boolean odd = i == messages - 1;
      List<EmailAddress> to = List.of(EmailAddress.parse("u" + i + "@corp.example").orElseThrow());
      MessageSummary message = odd ? odd(leader.message()) : leader.message();
      CaseId id = new CaseId("PN-7F3K-%04d".formatted(i));
      set.add(kin(id, leader, message, to, i, odd ? "b" : "a"));
    }
    return Backstory.none()
        .among(
            Optional.of(
                new Together(campaign(leader, offer), set, set.size(), 2, Campaign.Place.IN_SET)));
  }

  private static Campaign campaign(CaseFile leader, Optional<Campaign.Offer> offer) {
    return new Campaign(
        1,
        Digest.of("likeness"),
        leader.id(),
        Campaign.State.ASKING,
        1,
        Optional.of(Digest.of("set")),
        HELD.plus(Duration.ofMinutes(1)),
        HELD.plus(Duration.ofHours(1)),
        offer,
        "");
  }

  private static Together.Kin kin(
      CaseId id,
      CaseFile leader,
      MessageSummary message,
      List<EmailAddress> to,
      int minute,
      String strict) {
    return new Together.Kin(
        id,
        CaseState.ASKING,
        message,
        to,
        leader.gateway(),
        HELD.plus(Duration.ofSeconds(minute)),
        strict);
  }

  private static MessageSummary odd(MessageSummary m) {
    return new MessageSummary(
        "x" + m.from(),
        m.fromName(),
        m.replyTo(),
        "Re: " + m.subject(),
        m.messageId(),
        m.date(),
        m.size(),
        m.attachments(),
        m.linkHosts());
  }
}
