package dev.postern.approval;

import dev.postern.policy.GrantTerms.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * A grant as somebody types what it shall be; nothing of it is checked.
 *
 * @param kind to let pass or to stop
 * @param from an address or a domain
 * @param to likewise; empty for everybody
 * @param until when it ends; empty for as long as usual
 * @param most how many messages; empty for as many as usual
 * @param unproved whether it also lets pass what DMARC does not prove
 * @param reason why
 * @param about the case on whose card it is asked for
 * @param ofKind whether it is about messages like that of this case only; then {@code from} says
 *     nothing
 */
public record Wish(
    Kind kind,
    String from,
    String to,
    Optional<Instant> until,
    Optional<Integer> most,
    boolean unproved,
    String reason,
    Optional<CaseId> about,
    boolean ofKind) {
  /** One about all mail of somebody. */
  public Wish(
      Kind kind,
      String from,
      String to,
      Optional<Instant> until,
      Optional<Integer> most,
      boolean unproved,
      String reason,
      Optional<CaseId> about) {
    this(kind, from, to, until, most, unproved, reason, about, false);
  }

  /** The same as one about mail of that sender. */
  Wish from(String sender) {
    return new Wish(kind, sender, to, until, most, unproved, reason, about, ofKind);
  }
}
