package dev.postern.approval;

import dev.postern.evidence.Evidence;
import dev.postern.evidence.GatewayReport;
import dev.postern.mail.Envelope;
import dev.postern.mail.Fingerprint;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Freeze;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Party;
import dev.postern.policy.Granted;
import dev.postern.policy.Ruling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The grants that are about one message.
 *
 * @param grants those in force when it was looked, the ones that end first at the beginning
 */
record Standing(List<Grant> grants) {
  static final Standing NONE = new Standing(List.of());

  /** Copies the list, so that it never changes. */
  Standing {
    grants = List.copyOf(grants);
  }

  /**
   * A message as grants see it.
   *
   * @param evidence what was found
   * @param envelope what the SMTP client said
   * @param message what it says of itself
   * @param report what its gateway said, where it has
   * @param print what kind it is, which takes reading all of it; empty where that cannot be told
   */
  record Seen(
      Evidence evidence,
      Envelope envelope,
      MessageSummary message,
      Optional<GatewayReport> report,
      Supplier<Optional<Fingerprint>> print) {
    private boolean like(Grant grant, Optional<Fingerprint> kind) {
      GrantTerms terms = grant.terms();
      return terms.like().isEmpty()
          || kind.filter(
                  it -> Likeness.alike(terms.like().get(), terms.kind(), evidence, report, it))
              .isPresent();
    }
  }

  /** Those of a message. Its kind is asked for only where a grant is about one. */
  static Standing of(GrantBook book, Seen seen, Instant now) {
    List<Party> named = GrantTerms.named(seen.message());
    if (named.isEmpty()) {
      return NONE;
    }
    List<Grant> about =
        book.active(named).stream()
            .filter(it -> it.inForce(now))
            .filter(it -> it.terms().covers(seen.evidence(), seen.envelope(), seen.message()))
            .toList();
    boolean kinds = about.stream().anyMatch(it -> it.terms().like().isPresent());
    Optional<Fingerprint> kind = kinds ? seen.print().get() : Optional.empty();
    return new Standing(about.stream().filter(it -> seen.like(it, kind)).toList());
  }

  /** The same without those that would let it pass. */
  Standing cautious() {
    return new Standing(of(Kind.BLOCK));
  }

  private List<Grant> of(Kind kind) {
    return grants.stream().filter(it -> it.terms().kind() == kind).toList();
  }

  /** What rules see of them. */
  Granted facts() {
    List<Grant> block = of(Kind.BLOCK);
    List<Grant> allow = of(Kind.ALLOW);
    String id =
        block.stream()
            .findFirst()
            .or(() -> allow.stream().findFirst())
            .map(it -> it.id().text())
            .orElse("");
    return new Granted(!allow.isEmpty(), !block.isEmpty(), id);
  }

  /**
   * What becomes of a ruling: what is blocked is discarded, and otherwise what is allowed passes,
   * where the rule lets grants decide. What would not be let pass anyhow is not counted.
   *
   * @param freeze whether releasing is frozen
   * @param spend takes a message of a grant's count
   */
  Ruling decide(Ruling ruling, Supplier<Optional<Freeze>> freeze, Predicate<GrantId> spend) {
    Optional<Grant> stops = first(ruling, Kind.BLOCK, spend);
    if (stops.isPresent()) {
      return ruling.by(stops.get().inPlaceOf(ruling));
    }
    List<Grant> allow = ruling.yields(Kind.ALLOW) ? of(Kind.ALLOW) : List.of();
    Optional<Grant> lets =
        !allow.isEmpty() && freeze.get().isPresent()
            ? Optional.of(allow.getFirst())
            : first(ruling, Kind.ALLOW, spend);
    return lets.map(it -> ruling.by(it.inPlaceOf(ruling))).orElse(ruling);
  }

  private Optional<Grant> first(Ruling ruling, Kind kind, Predicate<GrantId> spend) {
    return ruling.yields(kind)
        ? of(kind).stream().filter(it -> spend.test(it.id())).findFirst()
        : Optional.empty();
  }
}
