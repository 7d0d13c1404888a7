package dev.postern.approval;

import dev.postern.approval.SenderBook.Before;
import dev.postern.approval.Sighting.Fate;
import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceJson;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.Replay;
import dev.postern.mail.Fingerprint;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Action;
import dev.postern.policy.Freeze;
import dev.postern.policy.GrantId;
import dev.postern.policy.Rules;
import dev.postern.policy.Ruling;
import dev.postern.policy.ShadowBook;
import dev.postern.policy.Situation;
import dev.postern.policy.Situation.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the policy says of evidence, and what follows from that. */
final class Rulings {
  /** How long to wait before each further look, where DNS left something open. */
  private static final List<Duration> LOOKS =
      List.of(
          Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(4));

  private final Rules rules;
  private final Panel panel;
  private final Memory memory;
  private final Records records;
  private final InstantSource clock;

  /**
   * What is remembered of mail that left no row.
   *
   * @param senders who sent
   * @param shadows what rules in shadow would have done
   */
  record Memory(Senders senders, ShadowBook shadows) {}

  Rulings(Rules rules, Panel panel, Memory memory, Records records, InstantSource clock) {
    this.rules = rules;
    this.panel = panel;
    this.memory = memory;
    this.records = records;
    this.clock = clock;
  }

  Rulings with(Memory other) {
    return new Rulings(rules, panel, other, records, clock);
  }

  /**
   * What the policy says, and by what.
   *
   * @param evidence what was found
   * @param context what else was known
   * @param sender whom it counts for
   * @param ruling what it says
   * @param grants those that may decide in its place, and have not yet
   */
  record Ruled(
      Evidence evidence, Context context, Optional<Sender> sender, Ruling ruling, Standing grants) {
    /** Settled: no grant decides any more. */
    Ruled saying(Ruling other) {
      return new Ruled(evidence, context, sender, other, Standing.NONE);
    }
  }

  /** What the policy says of a message that stands before the door. */
  Ruled on(Evidence evidence, Message message, MessageSummary summary) {
    Optional<Sender> sender = memory.senders().of(evidence, summary);
    Standing standing =
        standing(
            new Standing.Seen(
                evidence,
                message.envelope(),
                summary,
                Optional.empty(),
                () -> Fingerprint.of(message.raw(), message.envelope())));
    Context context = context(message.receivedAt(), Optional.empty(), before(sender), standing);
    Ruling ruling =
        rules.rule(
            new Situation(evidence, message.envelope(), summary, message.ref().source(), context));
    return new Ruled(evidence, context, sender, ruling, standing);
  }

  Ruled on(Evidence evidence, CaseFile it) {
    Optional<Sender> sender = memory.senders().of(evidence, it.message());
    Standing standing =
        standing(
            new Standing.Seen(
                evidence, it.envelope(), it.message(), it.report(), () -> records.kind(it)));
    Before before = known(it, evidence).orElseGet(() -> before(sender));
    Context context = context(it.receivedAt(), it.report(), before, standing);
    Ruling ruling =
        rules.rule(
            new Situation(evidence, it.envelope(), it.message(), it.hold().source(), context));
    boolean cautious = ruling.action() instanceof Action.Release && !it.caution().isEmpty();
    return new Ruled(
        evidence,
        context,
        sender,
        cautious ? ruling.heeding(it.caution(), rules.otherwise()) : ruling,
        it.caution().isEmpty() ? standing : standing.cautious());
  }

  private Standing standing(Standing.Seen seen) {
    return Standing.of(records.grants(), seen, clock.instant());
  }

  /** Reads all of the message: never in a transaction, and only where others may join it. */
  Optional<Fingerprint> kind(Hold hold) {
    return panel.grouping().on()
        ? hold.raw().flatMap(raw -> Fingerprint.of(raw, hold.envelope()))
        : Optional.empty();
  }

  private static Context context(
      Instant at, Optional<GatewayReport> report, Before before, Standing grants) {
    return new Context(
        at.atZone(ZoneOffset.UTC), report, before.domain(), before.address(), grants.facts());
  }

  private Before before(Optional<Sender> sender) {
    return memory.senders().before(sender, clock.instant());
  }

  /**
   * What was known at the first look is what came earlier: by now the message counts itself. A
   * sender that is proved only now, or no longer, has another past, in which it does not count.
   */
  private static Optional<Before> known(CaseFile it, Evidence evidence) {
    return it.evidence()
        .filter(was -> Senders.proved(was) == Senders.proved(evidence))
        .flatMap(_ -> it.context())
        .map(was -> new Before(was.domain(), was.address()));
  }

  private static Fate fate(Action action) {
    return switch (action) {
      case Action.Release _ -> Fate.PASSED;
      case Action.Discard _ -> Fate.REJECTED;
      case Action.Ask _ -> Fate.ASKED;
    };
  }

  /** Counts a message that passes, or is refused, and of which no row is left. */
  void note(Ruled ruled, Instant at) {
    Fate fate = fate(ruled.ruling().action());
    memory.senders().note(ruled.sender(), at, fate);
    List<Ruling.Shadow> shadows = ruled.ruling().notes().shadows();
    if (!shadows.isEmpty()) {
      memory.shadows().note(shadows, at, fate == Fate.PASSED);
    }
  }

  /** Stores evidence and ruling, and does what the ruling says. */
  void carryOut(Tx tx, CaseFile it, Ruled ruled) {
    carryOut(tx, it, ruled, 0);
  }

  /** The same for evidence that was looked for again. */
  void again(Tx tx, CaseFile it, Ruled ruled, int looks) {
    Evidence evidence = ruled.evidence();
    List<String> changed = Replay.differences(it.evidence().orElseThrow(), evidence);
    if (changed.isEmpty()) {
      tx.log("postern", "case.rechecked", "changed=nothing");
      if (looks == Inquiry.BY_HAND) {
        tx.looked();
      } else {
        lookAgain(tx, it, evidence, looks);
      }
      return;
    }
    tx.log("postern", "case.rechecked", "changed=" + Facts.quoted(String.join(", ", changed)));
    new Course(panel, tx, it, clock.instant()).closeOthers();
    Gathering.ended(tx, Campaign.State.OVER, Optional.empty(), clock.instant());
    carryOut(tx, it, ruled, looks);
  }

  /** What is to become of a message of which no row is left, unless people are asked. */
  Ruling settled(Ruled ruled, Message message, Supplier<Optional<Freeze>> freeze) {
    Predicate<GrantId> spend =
        id -> records.grants().spend(id, message.raw().sha256(), clock.instant());
    return heeding(freeze, ruled.grants().decide(ruled.ruling(), freeze, spend));
  }

  /** The ruling while releasing is frozen, if it is. */
  private Ruling heeding(Supplier<Optional<Freeze>> freeze, Ruling ruling) {
    return ruling.action() instanceof Action.Release
        ? freeze.get().map(it -> ruling.heeding(it, rules.otherwise())).orElse(ruling)
        : ruling;
  }

  private void carryOut(Tx tx, CaseFile it, Ruled ruled, int looks) {
    Evidence evidence = ruled.evidence();
    Instant now = clock.instant();
    Ruling ruling =
        heeding(
            tx::freeze, ruled.grants().decide(ruled.ruling(), tx::freeze, id -> tx.spend(id, now)));
    Digest digest = EvidenceJson.digest(evidence);
    tx.keepEvidence(evidence, digest, ruled.context());
    tx.log("postern", "case.examined", "digest=" + digest.hex());
    tx.log("policy", "case.ruled", Facts.of(ruling));
    ruled
        .sender()
        .ifPresent(from -> tx.sighted(new Sighting(from, it.receivedAt(), fate(ruling.action()))));
    switch (ruling.action()) {
      case Action.Release _ ->
          new Course(panel, tx, it, now).ruled(ruling, new Choice.ReleaseAll());
      case Action.Discard _ -> new Course(panel, tx, it, now).ruled(ruling, new Choice.Discard());
      case Action.Ask ask -> {
        tx.update(CaseUpdate.to(CaseState.ASKING).ruling(ruling));
        new Gathering(panel, tx, it, now).ask(new Gathering.Question(evidence, digest, ruling));
        lookAgain(tx, it, evidence, looks);
      }
    }
  }

  private void lookAgain(Tx tx, CaseFile it, Evidence evidence, int looks) {
    if (evidence.uncertain() && looks < LOOKS.size()) {
      String key = it.id().text() + "#" + (looks + 1);
      tx.wake(Work.RECHECK, key, clock.instant().plus(LOOKS.get(looks)));
    }
  }
}
