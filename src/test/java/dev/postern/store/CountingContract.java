package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.Ballot;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Outcome;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.policy.APlan;
import dev.postern.policy.Chain;
import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.ReasonRule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the desk promises of who counts for what, on any store; found by random histories. */
abstract class CountingContract extends OnAWorld {
  private static final Choice RELEASE = new Choice.ReleaseAll();
  private static final Choice DISCARD = new Choice.Discard();
  private static final Choice TO_BO =
      new Choice.ReleaseTo(List.of(World.address("bo@corp.example")));
  private static final Choice TO_ANNA =
      new Choice.ReleaseTo(List.of(World.address("anna@corp.example")));

  @BeforeEach
  void moreStaff() {
    people.and("lee", "bosses").and("max", "bosses").and("sue", "bosses");
  }

  @Test
  void P10_whatFailsLeavesNoTrace() {
    CaseId id = world.held("m1");
    int lines = world.records.history(id).size();
    try {
      world.records.change(
          id,
          (tx, it) -> {
            tx.closeStage(it.openStage().orElseThrow().id(), Stage.State.EXPIRED);
            tx.log("postern", "stage.expired", "");
            throw new IllegalStateException("it breaks here");
          });
    } catch (IllegalStateException expected) {
      assertThat(world.find(id).openStage()).isPresent();
    }
    assertThat(world.records.history(id)).hasSize(lines);
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P6_whoFilledAStageDoesNotBreakTheGlassToo() {
    world.chain = glass("kim", "lee").besides(fourEyes());
    CaseId id = world.held("m1");
    String glass = ballot(id, "lee").orElseThrow().token();
    world.act(id, "kim", RELEASE);

    assertThat(ballot(id, "kim")).isEmpty();
    assertRefused(world.desk.click(world.click("kim", glass, RELEASE)), Refusal.ANOTHER_STAGE);
    assertThat(world.desk.click(world.click("lee", glass, RELEASE)))
        .isInstanceOf(Answer.Decided.class);
  }

  @Test
  void whoBreaksTheGlassIsNotBoundByWhatAStageAgreedTo() {
    world.chain = glass("lee").besides(fourEyes());
    CaseId id = world.held("m1");
    String glass = ballot(id, "lee").orElseThrow().token();
    world.act(id, "kim", TO_BO);

    assertThat(world.desk.click(world.click("lee", glass, RELEASE)))
        .isEqualTo(new Answer.Decided(id, RELEASE));
  }

  @Test
  void whoVotedOtherwiseThanAStageAgreedCountsInTheNext() {
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("First", "group:bosses").quorum(2).on(OnRelease.NEXT),
            APlan.of("Second", "group:bosses"));
    CaseId id = world.held("m1");
    world.act(id, "lee", TO_BO);
    world.act(id, "max", RELEASE);
    world.act(id, "sue", RELEASE);

    assertThat(world.find(id).openStage().orElseThrow().approvers()).containsExactly("lee");
  }

  @Test
  void whoVotedOtherwiseIsNotNamedAmongThoseWhoDecided() {
    world.chain = APlan.of("Bosses", "group:bosses").quorum(2).chain("mail");
    CaseId id = world.held("m1");
    world.act(id, "lee", TO_BO);
    world.act(id, "max", RELEASE);
    world.act(id, "sue", RELEASE);

    assertThat(world.find(id).decision().map(Decision::because)).contains("The max and The sue");
  }

  @Test
  void whoLeftItToTheOthersIsNotToldOfAVoteElsewhere() {
    world.chain = APlan.of("Bosses", "group:bosses").chain("mail");
    CaseId id = world.held("m1");
    world.act(id, "lee", new Act.StepAside());

    assertRefused(world.act(id, "lee", RELEASE), Refusal.NOT_ALLOWED);
  }

  @Test
  void aMajorityOfThoseWhoAreLeftDiscardsAtOnce() {
    world.chain = APlan.of("Bosses", "group:bosses").quorum(2).on(OnDiscard.MAJORITY).chain("mail");
    people.and("tim", "bosses");
    CaseId id = world.held("m1");
    world.act(id, "lee", DISCARD);
    world.act(id, "max", DISCARD);

    assertThat(world.act(id, "sue", new Act.StepAside()))
        .isEqualTo(new Answer.Decided(id, DISCARD));
  }

  @Test
  void whoTookAVoteBackIsOfferedABallotThoughTheTokenIsSpent() {
    world.chain = APlan.of("Mail", "group:admins").quorum(2).chain("mail");
    CaseId id = world.held("m1");
    world.act(id, "kim", RELEASE);
    world.act(id, "noor", TO_BO);
    world.act(id, "kim", new Act.Withdraw());

    assertThat(ballot(id, "kim")).isPresent();
    assertThat(world.act(id, "kim", TO_BO)).isEqualTo(new Answer.Decided(id, TO_BO));
  }

  @Test
  void nobodyIsToldThatItIsDecidedWhenTheSecondStageCameToNothing() {
    world.chain = fourEyes();
    CaseId id = world.held("m1");
    String first = world.token(id, CardPlace.WEB);
    world.act(id, "kim", RELEASE);
    Stage second = world.find(id).openStage().orElseThrow();
    world.now = second.closes();
    world.desk.timeUp(second.id());

    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);
    assertRefused(world.desk.click(world.click("noor", first, RELEASE)), Refusal.EXPIRED);
  }

  @Test
  void P7_theMailSystemIsNotToldToReleaseToNobody() {
    CaseId id = deliveredToAnnaOnly();
    world.act(id, "noor", TO_ANNA);
    List<String> before = List.copyOf(world.quarantine.calls);
    world.effects.carryOut(2);

    assertThat(world.quarantine.calls)
        .startsWith(before.toArray(String[]::new))
        .last()
        .isEqualTo("tidy attempt 1");
    assertThat(world.quarantine.calls).hasSize(before.size() + 1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P8_aRefusedReleaseIsNotDoneBecauseSomebodyElseGotTheMessageEarlier() {
    CaseId id = deliveredToAnnaOnly();
    world.act(id, "noor", TO_BO);
    world.quarantine.refuses = "";
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.effects.carryOut(2);

    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
  }

  private CaseId deliveredToAnnaOnly() {
    CaseId id = world.held("m1");
    world.quarantine.refuses = "bo@corp.example";
    world.release(id, "kim");
    world.settle(1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
    return id;
  }

  private static APlan glass(String... who) {
    return APlan.of("Break-glass", who).reason(ReasonRule.ALWAYS);
  }

  private static Chain fourEyes() {
    return APlan.chain(
        "four-eyes",
        APlan.of("First", "group:admins").on(OnRelease.NEXT),
        APlan.of("Second", "group:bosses"));
  }

  private Optional<Ballot> ballot(CaseId id, String person) {
    return world.desk.ballot(id, people.named(person).getFirst());
  }
}
