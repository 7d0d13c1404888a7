package dev.postern.approval.history;

import dev.postern.approval.Act;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.history.Step.Mood;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.StagePlan;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.OnTimeout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What docs/approval.md says of a case, in the plainest words and without a store, locks or tokens.
 * It was written from that page and not from the code: where the two differ, one of them is wrong.
 */
final class Model {
  final Setting setting;
  final Roster roster;
  CaseState state = CaseState.RECEIVED;
  Instant now;

  /** Counts the examinations: a button shows the evidence of one. */
  int evidence = 1;

  int round;
  final List<Asked> asked = new ArrayList<>();

  /** How often it was decided: what to do each time is told to the mail system. */
  int decisions;

  Optional<Choice> decision = Optional.empty();
  Optional<Decision.By> by = Optional.empty();
  Optional<Errand> errand = Optional.empty();
  private final Set<EmailAddress> got = new LinkedHashSet<>();

  Model(Setting setting, Roster roster, Instant now) {
    this.setting = setting;
    this.roster = roster;
    this.now = now;
  }

  /** What a click that counts comes to. */
  sealed interface Result {
    record Counted(int missing) implements Result {}

    record Decided(Choice choice) implements Result {}

    record PassedOn(String next) implements Result {}

    record Noted() implements Result {}
  }

  /** The stage of the chain that is open. */
  Optional<Asked> open() {
    return asked.stream().filter(stage -> stage.open() && !stage.glass()).findFirst();
  }

  /** Those who may break the glass, while they may. */
  Optional<Asked> glass() {
    return asked.stream().filter(stage -> stage.open() && stage.glass()).findFirst();
  }

  /** The whole chain is asked, from the start; everybody may vote. */
  void ask(CaseState as) {
    round++;
    asked.stream().filter(Asked::open).forEach(stage -> stage.end = Asked.End.OVERTAKEN);
    state = as;
    setting
        .chain()
        .breakGlass()
        .map(plan -> new Asked(plan, 0, round, eligible(plan), now))
        .ifPresent(asked::add);
    openFrom(1);
  }

  /** Opens the first stage from there on that enough people are there for; else it is over. */
  private void openFrom(int ordinal) {
    for (int i = ordinal; i <= setting.chain().stages().size(); i++) {
      StagePlan plan = setting.chain().stages().get(i - 1);
      Asked stage = new Asked(plan, i, round, eligible(plan), now);
      if (stage.approvers.size() >= stage.quorum) {
        asked.add(stage);
        return;
      }
      if (plan.sequel().onTimeout() != OnTimeout.ESCALATE) {
        break;
      }
    }
    state = CaseState.EXPIRED;
  }

  private List<String> eligible(StagePlan plan) {
    return roster.everybody().stream()
        .filter(who -> named(plan, who))
        .filter(who -> !setting.party(who) || plan.asked().approvers().contains(who))
        .filter(who -> asked.stream().noneMatch(s -> s.round == round && s.filledBy(who)))
        .filter(who -> !mustDiffer(plan, who))
        .toList();
  }

  boolean named(StagePlan plan, String who) {
    return plan.asked().approvers().stream().anyMatch(entry -> roster.names(entry, who));
  }

  /** Whether the policy, or somebody whom it names, means that person for this stage. */
  boolean asks(Asked stage, String who) {
    return named(stage.plan, who) || (stage.substitutes.contains(who) && roster.knows(who));
  }

  /** Whether somebody may give the own place in a stage to that person. */
  boolean mayTakeOver(Asked stage, String who) {
    boolean trusted = setting.chain().stages().stream().anyMatch(plan -> named(plan, who));
    boolean party = setting.party(who) && !stage.plan.asked().approvers().contains(who);
    return trusted
        && !stage.glass()
        && !party
        && !stage.approvers.contains(who)
        && asked.stream().noneMatch(s -> s.round == stage.round && s.filledBy(who))
        && !mustDiffer(stage.plan, who);
  }

  /** Whether that person helped to carry another stage of the same round. */
  boolean filledOther(String who, Asked stage) {
    return asked.stream()
        .filter(other -> other.round == stage.round && other != stage)
        .anyMatch(other -> other.filledBy(who));
  }

  /** Whether a vote of that person stands on another stage of the same round. */
  boolean votedElsewhere(String who, Asked stage) {
    return asked.stream()
        .filter(other -> other.round == stage.round && other != stage)
        .anyMatch(other -> other.votes.containsKey(who));
  }

  private boolean mustDiffer(StagePlan plan, String who) {
    return asked.stream()
        .filter(stage -> stage.round == round && !stage.glass())
        .filter(stage -> plan.voting().distinctFrom().contains(stage.plan.name()))
        .anyMatch(stage -> stage.votes.containsKey(who));
  }

  /** Whether that person may vote on a stage now. */
  boolean mayVote(Asked stage, String who) {
    return stage.open()
        && stage.approvers.contains(who)
        && asks(stage, who)
        && !filledOther(who, stage);
  }

  /** A click that nothing stands against. */
  Result act(Asked stage, String who, Act act) {
    return switch (act) {
      case Act.Withdraw _ -> {
        stage.votes.remove(who);
        yield new Result.Noted();
      }
      case Act.StepAside _ -> {
        stage.votes.remove(who);
        stage.approvers.remove(who);
        // Those who are left may be a majority now.
        Optional<Choice> enough = stage.votes.values().stream().filter(stage::carries).findFirst();
        if (enough.isPresent()) {
          yield carried(stage, enough.get());
        }
        checkReach(stage);
        yield new Result.Noted();
      }
      // No vote, so that no history plays them.
      case Act.Recheck _, Act.Ask _, Act.Testify _ -> throw new IllegalStateException("not played");
      case Act.HandOver over -> {
        stage.approvers.set(stage.approvers.indexOf(who), over.to());
        stage.substitutes.add(over.to());
        yield new Result.Noted();
      }
      case Choice choice -> {
        stage.votes.put(who, choice);
        stage.everVoted.add(who);
        yield stage.carries(choice) ? carried(stage, choice) : new Result.Counted(stage.missing());
      }
    };
  }

  private Result carried(Asked stage, Choice choice) {
    stage.end = Asked.End.CARRIED;
    stage.carriedFor = Optional.of(choice);
    boolean next =
        stage.plan.sequel().onRelease() == OnRelease.NEXT && !(choice instanceof Choice.Discard);
    if (!next) {
      decide(choice, Decision.By.PEOPLE);
      return new Result.Decided(choice);
    }
    state = CaseState.ASKING;
    openFrom(stage.ordinal + 1);
    return new Result.PassedOn(open().map(s -> s.plan.name()).orElse(""));
  }

  private void decide(Choice choice, Decision.By who) {
    asked.stream().filter(Asked::open).forEach(stage -> stage.end = Asked.End.OVERTAKEN);
    decisions++;
    decision = Optional.of(choice);
    by = Optional.of(who);
    state = CaseState.DECIDED;
    errand = Optional.of(new Errand(choice, setting.recipients(), got));
  }

  /** The mail system is told once, or asked once where it was told; true when that settles it. */
  boolean tell(Mood mood) {
    Errand.Fate fate = errand.map(it -> it.tell(mood)).orElse(Errand.Fate.LATER);
    if (fate != Errand.Fate.LATER) {
      errand = Optional.empty();
    }
    switch (fate) {
      case LATER -> {}
      case DONE -> state = CaseState.DONE;
      case GONE -> state = CaseState.WITHDRAWN;
      case REFUSED -> ask(CaseState.FAILED);
    }
    return fate != Errand.Fate.LATER;
  }

  /** The release that earlier stages of this round agreed to. */
  Optional<Choice> agreedRelease(Asked stage) {
    return asked.stream()
        .filter(s -> s.round == stage.round && s != stage)
        .flatMap(s -> s.carriedFor.stream())
        .findFirst();
  }

  /** A stage that too few people are left for is over at once. */
  void checkReach(Asked stage) {
    if (!stage.open() || stage.glass()) {
      return;
    }
    long left =
        stage.approvers.stream()
            .filter(who -> asks(stage, who) || stage.votes.containsKey(who))
            .count();
    if (left < stage.quorum) {
      inVain(stage, true);
    }
  }

  /** The window of a stage closes. */
  void timeUp(Asked stage) {
    if (stage.open() && !now.isBefore(stage.closes)) {
      inVain(stage, false);
    }
  }

  private void inVain(Asked stage, boolean tooFew) {
    stage.end = Asked.End.IN_VAIN;
    if (stage.glass()) {
      return;
    }
    OnTimeout sequel = Objects.requireNonNull(stage.plan.sequel().onTimeout());
    if (sequel == OnTimeout.ESCALATE) {
      state = CaseState.ASKING;
      openFrom(stage.ordinal + 1);
    } else if (sequel == OnTimeout.DISCARD && !tooFew) {
      decide(new Choice.Discard(), Decision.By.SILENCE);
    } else {
      state = CaseState.EXPIRED;
    }
  }
}
