package dev.postern.quarantine.exim;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Follower;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Exim's frozen messages. A release has Exim deliver the message now; one to some has it count the
 * others as delivered first. What counts as proof is the main log, per recipient, and the spool
 * where the log cannot be read.
 */
public final class EximQuarantine implements Quarantine {
  /** Clocks differ. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final EximParts parts;
  private final InstantSource clock;

  /** Takes its parts. */
  public EximQuarantine(EximParts parts, InstantSource clock) {
    this.parts = parts;
    this.clock = clock;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    Optional<EximId> id = EximId.parse(held.hold().id());
    if (id.isEmpty()) {
      return Outcome.forAll(to, Kind.PERM_FAIL, "it has no message id of Exim");
    }
    try {
      Optional<Spooled> found = parts.verbs().look(id.get());
      if (found.isEmpty()) {
        return absent(held, id.get(), to);
      }
      return found.get().frozen()
          ? new EximRelease(parts, id.get(), readable(held, id.get())).run(found.get(), to, mandate)
          : underWay(held, id.get(), found.get(), to);
    } catch (MailSystemTrouble trouble) {
      // Nothing was delivered: what is unsure about that comes as a result.
      return Outcome.forAll(to, Kind.TEMP_FAIL, trouble.words());
    }
  }

  private Outcome underWay(CaseFile held, EximId id, Spooled now, List<EmailAddress> to) {
    // The log is long: it is looked through only where the spool leaves something open.
    boolean asks = to.stream().anyMatch(now::isDone) && believable(held);
    return EximRelease.underWay(
        id, now, asks ? trail(id, held.receivedAt()) : Optional.empty(), to);
  }

  /** Not in the spool: the log may tell that it went. */
  private Outcome absent(CaseFile held, EximId id, List<EmailAddress> to) {
    return trail(id, held.receivedAt())
        .filter(EximTrail::went)
        .map(it -> EximRelease.told(it, believable(held), to, EximQuarantine::untold))
        .orElseGet(() -> missing(held, to));
  }

  private static Result untold(EmailAddress recipient) {
    return new Result(
        recipient,
        Kind.UNCERTAIN,
        "Exim is done with it, and its log does not tell what became of it for this one: look"
            + " there");
  }

  /** An event may tell of a message that is not in the spool yet. */
  private Outcome missing(CaseFile held, List<EmailAddress> to) {
    return held.receivedAt().isAfter(clock.instant().minus(Follower.GRACE))
        ? Outcome.forAll(to, Kind.TEMP_FAIL, "Exim does not list it yet")
        : Outcome.forAll(to, Kind.NOT_FOUND, "Exim does not have it any more");
  }

  /** Exim writes local parts without their quotes: then one could pose as a line's other parts. */
  private static boolean believable(CaseFile held) {
    return held.envelope().recipients().stream().allMatch(r -> Spooled.plain(r.toString()));
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    List<EmailAddress> all = held.envelope().recipients();
    Optional<EximId> id = EximId.parse(held.hold().id());
    if (id.isEmpty()) {
      return Outcome.forAll(all, Kind.PERM_FAIL, "it has no message id of Exim");
    }
    try {
      Optional<Spooled> found = parts.verbs().look(id.get());
      if (found.isEmpty()) {
        return missing(held, all);
      }
      if (!found.get().frozen()) {
        return Outcome.forAll(all, Kind.NOT_FOUND, "Exim does not hold it any more");
      }
    } catch (MailSystemTrouble trouble) {
      return Outcome.forAll(all, Kind.TEMP_FAIL, trouble.words());
    }
    if (!mandate.stands()) {
      return Outcome.forAll(all, Kind.TEMP_FAIL, EximRelease.TAKEN_OVER);
    }
    return parts
        .verbs()
        .discard(id.get())
        .map(words -> notDiscarded(held, id.get(), words))
        .orElseGet(() -> Outcome.forAll(all, Kind.DISCARDED, "Exim: has been removed"));
  }

  private Outcome notDiscarded(CaseFile held, EximId id, String words) {
    List<EmailAddress> all = held.envelope().recipients();
    try {
      if (parts.verbs().look(id).isPresent()) {
        return Outcome.forAll(all, Kind.TEMP_FAIL, words);
      }
      return wasDelivered(held, id)
          ? Outcome.forAll(all, Kind.NOT_FOUND, "Exim has delivered it: " + words)
          : Outcome.forAll(all, Kind.ALREADY_DONE, "Exim does not have it any more: " + words);
    } catch (MailSystemTrouble blind) {
      // Deleting what is not there does no harm, so it may be tried again.
      return Outcome.forAll(all, Kind.TEMP_FAIL, words + "; " + blind.words());
    }
  }

  @Override
  public Standing standing(CaseFile held) {
    Optional<EximId> id = EximId.parse(held.hold().id());
    if (id.isEmpty()) {
      return Standing.UNKNOWN;
    }
    Optional<Choice> decided = held.decision().map(Decision::choice);
    boolean releasing = decided.filter(c -> !(c instanceof Choice.Discard)).isPresent();
    boolean discarding = decided.isPresent() && !releasing;
    Optional<Spooled> found = parts.verbs().look(id.get());
    if (found.isPresent()) {
      if (found.get().frozen()) {
        return Standing.HELD;
      }
      boolean leftOut =
          wanted(held).stream().anyMatch(found.get()::isDone)
              && trail(id.get(), held.receivedAt())
                  .filter(it -> sparesWanted(it, held))
                  .isPresent();
      return discarding || leftOut ? Standing.UNKNOWN : Standing.RELEASED;
    }
    if (releasing) {
      return trail(id.get(), held.receivedAt())
          .filter(it -> it.went() && !sparesWanted(it, held))
          .map(_ -> Standing.RELEASED)
          .orElse(Standing.UNKNOWN);
    }
    // Every case whose message has gone is asked about, so the log is not read for nothing.
    return discarding && wasDelivered(held, id.get()) ? Standing.UNKNOWN : Standing.GONE;
  }

  @Override
  public Outcome lookUp(CaseFile held, List<EmailAddress> open) {
    Standing standing = standing(held);
    Optional<EximId> id = EximId.parse(held.hold().id());
    if (standing != Standing.RELEASED || id.isEmpty()) {
      return standing.forAll(open);
    }
    return parts
        .verbs()
        .look(id.get())
        .map(now -> underWay(held, id.get(), now, open))
        .orElseGet(() -> absent(held, id.get(), open));
  }

  private boolean wasDelivered(CaseFile held, EximId id) {
    Instant decided = held.decision().map(Decision::at).orElse(held.receivedAt());
    return trail(id, decided).filter(EximTrail::delivered).isPresent();
  }

  /** Whether one who is to get it was counted as delivered by an earlier release to others. */
  private static boolean sparesWanted(EximTrail trail, CaseFile held) {
    return wanted(held).stream().anyMatch(trail::spares);
  }

  private static List<EmailAddress> wanted(CaseFile held) {
    return switch (held.decision().map(Decision::choice).orElseGet(Choice.Discard::new)) {
      case Choice.ReleaseAll _ -> held.envelope().recipients();
      case Choice.ReleaseTo some -> some.recipients();
      case Choice.Discard _ -> List.of();
    };
  }

  /** A log that cannot be read now does not keep a frozen message from being released. */
  private Optional<EximTrail> readable(CaseFile held, EximId id) {
    try {
      return trail(id, held.receivedAt());
    } catch (MailSystemTrouble unreadable) {
      return Optional.empty();
    }
  }

  /**
   * What the log tells of it since then; an id never comes again. Empty where no log is set.
   *
   * @throws MailSystemTrouble when it cannot be read now, so that nothing is concluded from it
   */
  private Optional<EximTrail> trail(EximId id, Instant then) {
    return parts
        .log()
        .map(
            log ->
                EximTrail.of(id, log.since(then.minus(LEEWAY), line -> line.contains(id.text()))));
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.PARTIAL_RELEASE, Ability.DISCARD);
  }

  @Override
  public Optional<String> trouble() {
    return parts.trouble();
  }
}
