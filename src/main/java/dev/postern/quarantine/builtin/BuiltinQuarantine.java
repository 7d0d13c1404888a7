package dev.postern.quarantine.builtin;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Mandate;
import dev.postern.approval.NextHop;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.RawMessage;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps held mail in the store itself. A release sends the kept octets to the next hop, with the
 * envelope they came with, to the recipients that were chosen.
 */
public final class BuiltinQuarantine implements Quarantine {
  private final Function<CaseId, Optional<RawMessage>> octets;
  private final NextHop nextHop;

  /**
   * Wires the quarantine.
   *
   * @param octets finds the octets of a held message, where the store has them
   * @param nextHop the way out
   */
  public BuiltinQuarantine(Function<CaseId, Optional<RawMessage>> octets, NextHop nextHop) {
    this.octets = octets;
    this.nextHop = nextHop;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    return octets
        .apply(held.id())
        .map(raw -> nextHop.send(held.envelope(), to, raw, mandate))
        .orElseGet(
            () ->
                Outcome.forAll(
                    to,
                    Kind.PERM_FAIL,
                    "Postern does not have this message: it was reported by "
                        + held.gateway()
                        + " without its content, or its retention has ended; release it there, or"
                        + " have it reported with the raw message"));
  }

  /** Nothing leaves; the store removes the content when its retention ends. */
  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    String words =
        HoldRef.OWN_SOURCES.contains(held.hold().source())
            ? "discarded: Postern will not deliver it; the kept copy goes when its retention ends"
            : "discarded: Postern will not deliver it; delete the original at " + held.gateway();
    return Outcome.forAll(held.envelope().recipients(), Kind.DISCARDED, words);
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  /** A next hop that is away is seen when mail is sent, which is tried again for hours. */
  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  /**
   * SMTP has no way to ask what became of a message. This is asked of an effect that was begun and
   * left no proof: such a release may have happened, whatever an earlier attempt came to, and stays
   * unknown for good. A discard may be repeated, so its message counts as held until it is proved.
   */
  @Override
  public Standing standing(CaseFile held) {
    boolean releasing =
        held.decision()
            .map(Decision::choice)
            .filter(choice -> !(choice instanceof Choice.Discard))
            .isPresent();
    boolean proved =
        held.outcome().map(o -> o.results().stream().allMatch(r -> r.kind().proof())).orElse(false);
    if (releasing) {
      return proved ? Standing.RELEASED : Standing.UNKNOWN;
    }
    return proved ? Standing.GONE : Standing.HELD;
  }
}
