package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Tells the mail system what was decided, and records what it proved. The intent is durable before
 * each call; a call whose outcome is unknown is looked up, never repeated.
 */
public final class Effects {
  /** With the waits below two hours and a half: longer than most outages of a next hop. */
  private static final int MOST_ATTEMPTS = 14;

  private static final Duration BUSY = Duration.ofSeconds(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

  private static final String LATE = "The mail server did not take it yet.";
  private static final String GAVE_UP = "The mail server did not take it for hours.";
  private static final String REFUSED = "The mail server refused it.";
  private static final String UNCERTAIN =
      "The connection ended while the mail server was answering. It may have been delivered: look"
          + " for its Message-ID in the mail server's log before you release it again.";

  private final Records records;
  private final Function<HoldRef, Quarantine> quarantines;
  private final Panel panel;
  private final InstantSource clock;
  private final Backoff backoff;

  /**
   * Takes its parts.
   *
   * @param quarantines which mail system keeps a hold
   * @param random spreads what is tried again
   */
  public Effects(
      Records records,
      Function<HoldRef, Quarantine> quarantines,
      Panel panel,
      InstantSource clock,
      RandomGenerator random) {
    this.records = records;
    this.quarantines = quarantines;
    this.panel = panel;
    this.clock = clock;
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
  }

  /** Effects that this process is busy with; the queue keeps other processes away. */
  private final Set<Long> busy = ConcurrentHashMap.newKeySet();

  /** What is to be done when a wake-up comes. */
  private sealed interface Next {
    /** A committed intent: call the mail system, or ask it where the message stands. */
    record Step(CaseFile it, Effect effect, boolean lookFirst) implements Next {}

    /** It is too early. */
    record Later(Duration left) implements Next {}

    /** It is settled. */
    record Nothing() implements Next {}
  }

  /** Carries an effect one step on. Returns when to come back; empty when it is settled. */
  public Optional<Duration> carryOut(long effectId) {
    if (!busy.add(effectId)) {
      return Optional.of(BUSY);
    }
    try {
      return step(effectId);
    } finally {
      busy.remove(effectId);
    }
  }

  private Optional<Duration> step(long effectId) {
    Optional<CaseId> known = records.caseOfEffect(effectId);
    if (known.isEmpty()) {
      return Optional.empty(); // retention removed the case meanwhile
    }
    CaseId id = known.get();
    return switch (records.change(id, (tx, it) -> intend(tx, it, effectId))) {
      case Next.Nothing _ -> Optional.empty();
      case Next.Later later -> Optional.of(later.left());
      case Next.Step step -> {
        Outcome outcome = step.lookFirst() ? look(step) : call(step);
        yield records.change(id, (tx, it) -> settle(tx, it, step.effect(), outcome));
      }
    };
  }

  private Next intend(Tx tx, CaseFile it, long effectId) {
    Effect effect = tx.effect(effectId);
    Instant now = clock.instant();
    return switch (effect.state()) {
      case DONE, FAILED -> new Next.Nothing();
      // Only a process that died between call and proof leaves this state behind.
      // A new attempt number keeps that process out, should it only have been asleep.
      case CALLING -> {
        Effect looking = effect.calling();
        tx.save(looking);
        tx.log("postern", "effect.interrupted", "attempt=" + looking.attempt());
        yield new Next.Step(it, looking, true);
      }
      case DUE -> {
        if (now.isBefore(effect.due())) {
          yield new Next.Later(Duration.between(now, effect.due()));
        }
        Effect calling = effect.calling();
        tx.save(calling);
        tx.log(
            "postern",
            "effect.intended",
            "choice=" + effect.choice().word() + " attempt=" + calling.attempt());
        yield new Next.Step(it, calling, false);
      }
    };
  }

  private Outcome call(Next.Step step) {
    Quarantine quarantine = quarantines.apply(step.it().hold());
    Effect effect = step.effect();
    Mandate mandate =
        new Mandate(effect.attempt(), () -> records.at(effect.id(), effect.attempt()));
    List<EmailAddress> open = step.effect().open(step.it());
    return switch (step.effect().choice()) {
      // Each of them has it, perhaps since an earlier release that was given up for another's sake.
      case Choice.ReleaseAll _, Choice.ReleaseTo _ when open.isEmpty() ->
          quarantine.tidy(step.it(), mandate);
      case Choice.ReleaseAll _, Choice.ReleaseTo _ -> quarantine.release(step.it(), open, mandate);
      // Who got the message earlier has it: a discard does not take that back.
      case Choice.Discard _ -> quarantine.discard(step.it(), mandate).onlyFor(open);
    };
  }

  private Outcome look(Next.Step step) {
    List<EmailAddress> open = step.effect().open(step.it());
    // Interrupted while it was tidied up, which can be repeated.
    return open.isEmpty()
        ? call(step)
        : quarantines.apply(step.it().hold()).lookUp(step.it(), open);
  }

  private Optional<Duration> settle(Tx tx, CaseFile it, Effect called, Outcome outcome) {
    if (tx.effect(called.id()).attempt() != called.attempt()) {
      return overtaken(tx, it, called, outcome);
    }
    Effect now = called.with(outcome, Effect.State.DUE);
    List<Outcome.Result> results = now.outcome().results();
    boolean uncertain = any(results, Outcome.Kind.UNCERTAIN);
    if (!uncertain && any(results, Outcome.Kind.NOT_FOUND)) {
      return withdrawn(tx, now);
    }
    if (!uncertain && !now.open(it).isEmpty()) {
      return now.attempt() < MOST_ATTEMPTS ? later(tx, now, LATE) : failed(tx, it, now, GAVE_UP);
    }
    if (!uncertain && outcome.leftover().isPresent()) {
      return later(tx, now, "Everybody has it who is to get it; " + outcome.leftover().get() + ".");
    }
    if (uncertain) {
      return failed(tx, it, now, UNCERTAIN);
    }
    boolean proved =
        results.stream().anyMatch(r -> r.kind().proof() && now.wanted(it).contains(r.recipient()));
    return proved ? done(tx, now) : failed(tx, it, now, REFUSED);
  }

  /**
   * Another process took this one for dead and went on. What was proved meanwhile is proved all the
   * same, so that nobody gets it twice; everything else is the other one's business.
   */
  private static Optional<Duration> overtaken(Tx tx, CaseFile it, Effect called, Outcome outcome) {
    Outcome proofs = outcome.proved();
    tx.log(
        "postern",
        "effect.overtaken",
        "attempt=" + called.attempt() + " proved=" + proofs.results().size());
    if (!proofs.results().isEmpty()) {
      Effect stored = tx.effect(called.id());
      tx.save(stored.with(proofs, stored.state()));
      Outcome known = it.outcome().orElse(Outcome.none()).with(proofs);
      tx.update(CaseUpdate.to(it.state()).outcome(known).trouble(it.trouble()));
    }
    return Optional.empty();
  }

  private static Optional<Duration> done(Tx tx, Effect effect) {
    tx.save(effect.with(Outcome.none(), Effect.State.DONE));
    tx.update(CaseUpdate.to(CaseState.DONE).outcome(effect.outcome()));
    tx.log("postern", "effect.proved", describe(effect));
    return Optional.empty();
  }

  private static Optional<Duration> withdrawn(Tx tx, Effect effect) {
    tx.save(effect.with(Outcome.none(), Effect.State.FAILED));
    tx.update(CaseUpdate.to(CaseState.WITHDRAWN).outcome(effect.outcome()).trouble(Holdings.GONE));
    tx.log("postern", "case.withdrawn", describe(effect));
    return Optional.empty();
  }

  private Optional<Duration> later(Tx tx, Effect effect, String why) {
    Duration wait = backoff.after(effect.attempt());
    Instant next = clock.instant().plus(wait);
    tx.save(effect.dueAt(next));
    tx.update(
        CaseUpdate.to(CaseState.DECIDED)
            .outcome(effect.outcome())
            .trouble(why + " Next try at " + next + "."));
    tx.log("postern", "effect.delayed", describe(effect) + " next=" + next);
    return Optional.of(wait);
  }

  /**
   * Nothing is dropped because something broke: the message stays held and people are asked again.
   */
  private Optional<Duration> failed(Tx tx, CaseFile it, Effect effect, String why) {
    Instant now = clock.instant();
    tx.save(effect.with(Outcome.none(), Effect.State.FAILED));
    CaseUpdate failed = CaseUpdate.to(CaseState.FAILED).outcome(effect.outcome());
    boolean news = why.equals(UNCERTAIN) && it.caution().isEmpty();
    tx.update(news ? failed.caution(why) : failed.trouble(why));
    tx.log("postern", "effect.failed", describe(effect));
    panel.ask(tx, it, it.chain(), it.digest().orElseThrow(), now);
    return Optional.empty();
  }

  private static boolean any(List<Outcome.Result> results, Outcome.Kind kind) {
    return results.stream().anyMatch(r -> r.kind() == kind);
  }

  private static String describe(Effect effect) {
    long proved = effect.outcome().results().stream().filter(r -> r.kind().proof()).count();
    return "choice="
        + effect.choice().word()
        + " attempt="
        + effect.attempt()
        + " proved="
        + proved
        + " of="
        + effect.outcome().results().size()
        + " words-sha256="
        + Digest.of(effect.outcome().toString()).hex();
  }
}
