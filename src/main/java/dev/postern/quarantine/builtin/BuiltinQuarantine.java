package dev.postern.quarantine.builtin;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.NextHop;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.RawMessage;
import java.util.List;
import java.util.Optional;
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
  public Outcome release(CaseFile held, List<EmailAddress> to, int attempt) {
    return octets
        .apply(held.id())
        .map(raw -> nextHop.send(held.envelope(), to, raw))
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
  public Outcome discard(CaseFile held, int attempt) {
    return Outcome.forAll(
        held.envelope().recipients(),
        Kind.DISCARDED,
        "discarded: Postern will not deliver it; the kept copy goes when its retention ends");
  }

  /**
   * SMTP has no way to ask what became of a message. A release that was begun and left no outcome,
   * or an uncertain one, is therefore unknown for good. Everything else that has no proof was not
   * done: the message is still here.
   */
  @Override
  public Standing standing(CaseFile held) {
    boolean releasing =
        held.decision()
            .map(Decision::choice)
            .filter(c -> !(c instanceof Choice.Discard))
            .isPresent();
    if (held.outcome().isEmpty()) {
      return releasing ? Standing.UNKNOWN : Standing.HELD;
    }
    List<Outcome.Result> results = held.outcome().get().results();
    if (results.stream().anyMatch(r -> r.kind() == Kind.UNCERTAIN)) {
      return Standing.UNKNOWN;
    }
    if (results.stream().anyMatch(r -> !r.kind().proof())) {
      return Standing.HELD;
    }
    return releasing ? Standing.RELEASED : Standing.GONE;
  }
}
