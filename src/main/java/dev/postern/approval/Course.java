package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.policy.Ruling;
import dev.postern.policy.StagePlan.OnRelease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What follows when a stage is over. Everything happens under the lock of the case. */
final class Course {
  private final Panel panel;
  private final Tx tx;
  private final CaseFile it;
  private final Instant now;

  Course(Panel panel, Tx tx, CaseFile it, Instant now) {
    this.panel = panel;
    this.tx = tx;
    this.it = it;
    this.now = now;
  }

  /** Enough people agreed. */
  Answer carried(Stage stage, Choice choice) {
    tx.closeStage(stage.id(), Stage.State.CARRIED);
    boolean next =
        stage.terms().onRelease() == OnRelease.NEXT && !(choice instanceof Choice.Discard);
    return next ? confirm(stage) : people(stage, choice);
  }

  /** The release needs the agreement of the next stage. */
  private Answer confirm(Stage stage) {
    tx.log("postern", "stage.carried", Facts.of(stage));
    barFromGlass(Tally.agreed(tx.votes(stage.id()), stage));
    Optional<Stage> next = panel.askNext(tx, it, stage, digest(), now);
    if (next.isPresent()) {
      tx.update(CaseUpdate.to(CaseState.ASKING));
    }
    return new Answer.PassedOn(it.id(), next.map(Stage::name).orElse(""));
  }

  /** Who filled a stage fills no other, the one beside them neither. */
  private void barFromGlass(List<Vote> votes) {
    for (Stage stage : tx.stages()) {
      if (stage.open() && stage.breakGlass()) {
        votes.forEach(vote -> tx.dropApprover(tx.stage(stage.id()), vote.personId()));
      }
    }
  }

  private Answer people(Stage stage, Choice choice) {
    List<Vote> votes = Tally.agreed(tx.votes(stage.id()), stage);
    String names = votes.stream().map(Vote::personName).collect(Collectors.joining(" and "));
    closeOthers();
    if (stage.breakGlass()) {
      panel.tellOfBrokenGlass(tx, stage);
      tx.log("postern", "glass.broken", "by=" + votes.getFirst().personId());
    }
    sighted(choice);
    Decision decision = new Decision(choice, Decision.By.PEOPLE, names, now);
    Gathering.ended(tx, Campaign.State.DECIDED, Optional.of(verdict(decision, stage)), now);
    decide(decision, "postern", "");
    return new Answer.Decided(it.id(), choice);
  }

  /** What the members of a campaign follow: whoever helped to carry it counts as having voted. */
  private Campaign.Verdict verdict(Decision decision, Stage last) {
    List<String> voters =
        tx.stages().stream()
            .filter(stage -> stage.place().round() == last.place().round())
            .flatMap(stage -> tx.votes(stage.id()).stream())
            .map(Vote::personId)
            .distinct()
            .toList();
    return new Campaign.Verdict(decision, voters, wanted(decision.choice(), last));
  }

  /** What all say of later messages whose votes carried it, in whatever stage. */
  private Optional<Campaign.Wanted> wanted(Choice choice, Stage last) {
    List<Vote> votes =
        tx.stages().stream()
            .filter(stage -> stage.place().round() == last.place().round())
            .filter(stage -> last.breakGlass() ? stage.id() == last.id() : !stage.breakGlass())
            .filter(stage -> stage.id() == last.id() || stage.state() == Stage.State.CARRIED)
            .flatMap(stage -> Tally.agreed(tx.votes(stage.id()), stage).stream())
            .filter(vote -> vote.choice().alone().equals(choice))
            .toList();
    if (!votes.stream().allMatch(vote -> vote.choice().later())) {
      return Optional.empty();
    }
    List<String> people = votes.stream().map(Vote::personId).distinct().toList();
    boolean discards = choice instanceof Choice.Discard;
    boolean enough = last.terms().onRelease() == OnRelease.DECIDE && people.size() >= last.quorum();
    return Optional.of(
        new Campaign.Wanted(
            people, last.breakGlass() ? "" : last.place().chain(), !discards || enough));
  }

  /** A member of a campaign is decided as the set was that it is in. */
  void follow(Decision decision, CaseId leader) {
    sighted(decision.choice());
    decide(decision, "postern", " with=" + leader);
  }

  /** Nobody decided about the set that it is in. */
  void expireWith(CaseId leader) {
    String why = "Nobody decided in time about case " + leader + ", with which it was asked about.";
    tx.update(CaseUpdate.to(CaseState.EXPIRED).trouble(why));
    tx.log("postern", "case.expired", "with=" + leader);
  }

  /** The window closed. */
  void timeUp(Stage stage) {
    tx.log("postern", "stage.expired", "stage=" + stage.ordinal());
    if (stage.breakGlass()) {
      tx.closeStage(stage.id(), Stage.State.EXPIRED);
      return;
    }
    switch (stage.terms().onTimeout()) {
      case ESCALATE -> escalate(stage, "");
      case EXPIRE -> expire(stage, "");
      case DISCARD -> {
        tx.closeStage(stage.id(), Stage.State.EXPIRED);
        closeOthers();
        sighted(new Choice.Discard());
        Decision silence =
            new Decision(new Choice.Discard(), Decision.By.SILENCE, stage.name(), now);
        Gathering.ended(
            tx,
            Campaign.State.DECIDED,
            Optional.of(new Campaign.Verdict(silence, List.of(), Optional.empty())),
            now);
        decide(silence, "postern", "");
      }
    }
  }

  /**
   * Closes an open stage for which too few people are left; does nothing while there are enough.
   */
  void checkReach(Stage seen) {
    Stage stage = tx.stage(seen.id());
    if (!stage.open()
        || stage.breakGlass()
        || panel.electorate().canBeReached(stage, tx.votes(stage.id()))) {
      return;
    }
    String why = "Too few people are left who may decide for " + stage.name() + ".";
    tx.log("postern", "stage.unreachable", Facts.of(stage));
    switch (stage.terms().onTimeout()) {
      case ESCALATE -> escalate(stage, why);
      // A message is never discarded because people went away.
      case EXPIRE, DISCARD -> expire(stage, why);
    }
  }

  private void escalate(Stage stage, String why) {
    if (stage.ordinal() >= stage.of()) {
      expire(stage, why);
      return;
    }
    tx.closeStage(stage.id(), Stage.State.ESCALATED);
    tx.log("postern", "stage.escalated", "stage=" + stage.ordinal());
    if (panel.askNext(tx, it, stage, digest(), now).isPresent()) {
      tx.update(CaseUpdate.to(CaseState.ASKING).trouble(why));
    }
  }

  private void expire(Stage stage, String why) {
    tx.closeStage(stage.id(), Stage.State.EXPIRED);
    Gathering.ended(tx, Campaign.State.EXPIRED, Optional.empty(), now);
    tx.update(CaseUpdate.to(CaseState.EXPIRED).trouble(why));
    tx.log("postern", "case.expired", "stage=" + stage.ordinal());
  }

  /** The mail system no longer has the message, in these words. */
  void gone(String words) {
    closeOthers();
    Gathering.ended(tx, Campaign.State.OVER, Optional.empty(), now);
    Gathering.left(tx, now);
    tx.update(CaseUpdate.to(CaseState.WITHDRAWN).trouble(words));
    tx.log("postern", "case.withdrawn", "by=" + it.hold().source());
  }

  /** The mail system holds again what it had no longer: people are asked from the start. */
  void back() {
    Optional<Digest> digest = it.digest();
    tx.log("postern", "case.back", "by=" + it.hold().source());
    if (digest.isPresent()) {
      tx.update(
          CaseUpdate.to(CaseState.ASKING).trouble("The mail system holds this message again."));
      panel.ask(tx, it, it.chain(), digest.get(), now);
    } else {
      tx.update(CaseUpdate.to(CaseState.RECEIVED).trouble(""));
      tx.wake(Work.EXAMINE, it.id().text(), now);
    }
  }

  /** A rule decides, or a grant in its place; the log names it. */
  void ruled(Ruling ruling, Choice choice) {
    tx.update(CaseUpdate.to(CaseState.DECIDED).ruling(ruling));
    Optional<String> grant = ruling.notes().granted().map(it -> it.id().text());
    Decision decision =
        new Decision(
            choice,
            grant.isPresent() ? Decision.By.GRANT : Decision.By.RULE,
            grant.orElse(ruling.rule()),
            now);
    decide(
        decision,
        "policy",
        " rule=" + Facts.quoted(ruling.rule()) + grant.map(id -> " grant=" + id).orElse(""));
  }

  /** Nobody is asked any more, for now. */
  void closeOthers() {
    for (Stage stage : tx.stages()) {
      if (stage.open() || stage.waits()) {
        tx.closeStage(stage.id(), Stage.State.SUPERSEDED);
      }
    }
  }

  /** Counts for the sender what people, or their silence, decided. */
  private void sighted(Choice choice) {
    tx.sighting().ifPresent(was -> tx.sighted(was.decided(choice)));
  }

  /** Who got the message by an earlier effect does not get it again. */
  private void decide(Decision decision, String actor, String detail) {
    tx.update(CaseUpdate.to(CaseState.DECIDED).decision(decision));
    Outcome proved = it.outcome().orElse(Outcome.none()).proved();
    tx.wake(Work.EFFECT, Long.toString(tx.demand(decision.choice(), proved)), now);
    tx.log(actor, "case.decided", "choice=" + Facts.of(decision.choice()) + detail);
  }

  private Digest digest() {
    return Panel.asked(tx, it);
  }
}
