package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.Ballot;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Click;
import dev.postern.approval.HandOver;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Refusal;
import dev.postern.policy.APlan;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.ReasonRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the desk promises of people who vote in chains: minds change, people leave, glass breaks.
 */
abstract class ChangeOfMindContract extends OnAChain {
  @Test
  void P6_aRecipientCountsWhereThePolicyNamesJustHim() {
    world.chain = APlan.of("Anna", "anna").chain("mail");
    CaseId id = world.held("m1");

    assertThat(world.act(id, "anna", RELEASE)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void aVoteCanBeChangedAndTakenBackWhileTheStageIsOpen() {
    world.chain = APlan.of("Bosses", "group:bosses").quorum(2).chain("mail");
    CaseId id = world.held("m1");

    world.act(id, "lee", RELEASE);
    assertRefused(world.act(id, "lee", RELEASE), Refusal.VOTED_ALREADY);
    assertThat(world.act(id, "lee", TO_BO)).isEqualTo(new Answer.Counted(id, 1));
    assertThat(world.act(id, "lee", new Act.Withdraw())).isEqualTo(new Answer.Noted(id));
    assertRefused(world.act(id, "lee", new Act.Withdraw()), Refusal.NO_VOTE);
    assertThat(world.find(id).votes()).isEmpty();
    assertThat(world.act(id, "max", TO_BO)).isEqualTo(new Answer.Counted(id, 1));
    assertThat(world.act(id, "lee", TO_BO)).isEqualTo(new Answer.Decided(id, TO_BO));
    assertThat(whats(id))
        .containsSubsequence("vote.cast", "vote.changed", "vote.withdrawn", "case.decided");
  }

  @Test
  void P4_changingOnesMindSpendsNoMoreOfTheToken() {
    world.chain = APlan.of("Bosses", "group:bosses").quorum(2).chain("mail");
    CaseId id = world.held("m1");

    for (int i = 0; i < 10; i++) {
      world.act(id, "lee", i % 2 == 0 ? RELEASE : TO_BO);
    }
    assertThat(world.records.tokenAt(id, CardPlace.WEB).orElseThrow().usesLeft()).isEqualTo(2);
  }

  @Test
  void whoLeavesItToTheOthersIsAskedNoMore_andWhenTooFewAreLeftTheNextStageIs() {
    world.chain =
        APlan.chain(
            "mail", APlan.of("Mail", "group:admins").quorum(2), APlan.of("Bosses", "group:bosses"));
    CaseId id = world.held("m1");
    world.act(id, "kim", RELEASE);

    assertThat(world.act(id, "noor", new Act.StepAside())).isEqualTo(new Answer.Noted(id));
    assertThat(stage(id).name()).isEqualTo("Bosses");
    assertThat(world.find(id).trouble()).contains("Too few people", "Mail");
    assertThat(whats(id)).contains("approver.aside", "stage.unreachable", "stage.escalated");
  }

  @Test
  void whoIsAwayHandsOverToSomebodyWhomTheChainNames() {
    world.chain =
        APlan.chain(
            "mail", APlan.of("Mail", "group:admins").quorum(2), APlan.of("Bosses", "group:bosses"));
    CaseId id = world.held("m1");
    assertThat(ballot(id, "kim").orElseThrow().substitutes())
        .extracting(Person::id)
        .containsExactlyInAnyOrder("lee", "max", "sue");

    assertThat(world.act(id, "kim", new Act.HandOver("lee"))).isEqualTo(new Answer.Noted(id));
    assertThat(ballot(id, "kim")).isEmpty();
    assertThat(stage(id).approvers()).containsExactly("lee", "noor");
    assertThat(whats(id)).contains("approver.handed-over");
    CardPlace lees = new CardPlace("slack", "Ulee");
    HandOver over = world.records.backstory(id).noticeAt(lees).orElseThrow();
    assertThat(over)
        .isEqualTo(
            new HandOver(
                stage(id).id(),
                new HandOver.Party("kim", "The kim"),
                new HandOver.Party("lee", "The lee"),
                "because",
                world.now,
                Optional.of(lees),
                Optional.empty()));
    assertThat(world.records.history(id).toString())
        .contains("to=lee note-sha256=")
        .doesNotContain("because");
    assertThat(world.records.tokenAt(id, lees)).as("the notice votes for nobody").isEmpty();
    world.act(id, "noor", RELEASE);
    assertThat(world.act(id, "lee", RELEASE)).isEqualTo(new Answer.Decided(id, RELEASE));
  }

  @Test
  void P6_nobodyHandsOverToWhoMayNotDecide_norAfterVoting() {
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("Mail", "group:admins").quorum(2).on(OnRelease.NEXT),
            APlan.of("Bosses", "group:bosses").distinctFrom("Mail"));
    CaseId id = world.held("m1");
    world.act(id, "kim", RELEASE);

    assertRefused(world.act(id, "kim", new Act.HandOver("lee")), Refusal.HAS_VOTED);
    world.act(id, "kim", new Act.Withdraw());
    assertThat(ballot(id, "kim").orElseThrow().choices()).doesNotContain("hand-over", "withdraw");
    assertRefused(world.act(id, "kim", new Act.HandOver("lee")), Refusal.HAS_VOTED);
    world.act(id, "kim", RELEASE);
    for (String other : List.of("kim", "noor", "anna", "nobody", "")) {
      assertRefused(world.act(id, "noor", new Act.HandOver(other)), Refusal.NOT_THEM);
    }
    world.act(id, "noor", RELEASE);
    assertThat(stage(id).name()).isEqualTo("Bosses");
    assertRefused(world.act(id, "lee", new Act.HandOver("noor")), Refusal.NOT_THEM);
  }

  @Test
  void P6_whoLeftTheGroupBeforeVotingDoesNotCount() {
    CaseId id = world.held("m1");
    people.leaves("kim");

    assertRefused(world.act(id, "kim", RELEASE), Refusal.LEFT);
    assertThat(world.find(id).votes()).isEmpty();
    assertThat(world.act(id, "noor", RELEASE)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P6_whoLeftAGroupOfThePolicyBeforeVotingDoesNotCount() {
    world.groups.put("duty", List.of("kim", "noor"));
    world.chain = APlan.of("Duty", "group:duty").chain("mail");
    CaseId id = world.held("m1");
    world.groups.put("duty", List.of("noor"));

    assertRefused(world.act(id, "kim", RELEASE), Refusal.LEFT);
    assertThat(world.act(id, "noor", RELEASE)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void aQuorumThatNobodyIsLeftForEscalatesAtTheClickThatShowsIt() {
    world.chain =
        APlan.chain(
            "mail", APlan.of("Mail", "group:admins").quorum(2), APlan.of("Bosses", "group:bosses"));
    CaseId id = world.held("m1");
    people.leaves("kim");

    assertRefused(world.act(id, "kim", RELEASE), Refusal.LEFT);
    assertThat(stage(id).name()).isEqualTo("Bosses");
  }

  @Test
  void theGlassIsBrokenByAVoteWithAReasonThatOthersHearOf() {
    world.chain =
        APlan.of("Break-glass", "lee")
            .reason(ReasonRule.ALWAYS)
            .told("slack:CAUDIT")
            .besides(APlan.of("Mail", "group:admins").quorum(2).chain("mail"));
    CaseId id = world.held("m1");
    assertThat(stage(id).name()).isEqualTo("Mail");
    Ballot ballot = ballot(id, "lee").orElseThrow();
    assertThat(ballot.stage().breakGlass()).isTrue();
    assertThat(ballot(id, "max")).isEmpty();
    assertThat(places(id)).doesNotContain(new CardPlace("slack", "CAUDIT"));

    assertRefused(
        world.desk.click(world.click("max", ballot.token(), RELEASE)), Refusal.NOT_ALLOWED);
    assertThat(world.desk.click(world.click("lee", ballot.token(), RELEASE)))
        .isEqualTo(new Answer.Decided(id, RELEASE));
    assertThat(stage(id).name()).isEqualTo("Break-glass");
    assertThat(world.find(id).votes()).singleElement().matches(v -> v.personId().equals("lee"));
    assertThat(places(id)).contains(new CardPlace("slack", "CAUDIT"));
    assertThat(whats(id))
        .containsSubsequence("glass.offered", "glass.broken", "case.decided")
        .containsOnlyOnce("stage.opened");
    assertThat(ballot(id, "kim")).as("the stage beside it is over").isEmpty();
  }

  @Test
  void theGlassCanStillBeBrokenWhenNobodyAnsweredInTime() {
    world.chain =
        APlan.of("Break-glass", "lee")
            .window(Duration.ofDays(3))
            .besides(APlan.of("Mail", "group:admins").chain("mail"));
    CaseId id = world.held("m1");
    timeUp(id);
    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);

    Ballot ballot = ballot(id, "lee").orElseThrow();
    assertThat(world.desk.click(world.click("lee", ballot.token(), RELEASE)))
        .isEqualTo(new Answer.Decided(id, RELEASE));
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
  }

  @Test
  void P6_theSameHumanOverTwoPlatformsCountsOnce() {
    world.chain = APlan.of("Mail", "group:admins").quorum(2).chain("mail");
    CaseId id = world.held("m1");
    world.act(id, "kim", RELEASE);
    var slack =
        new Click(
            "s1",
            "slack",
            new Identity("slack", "T1", "Ukim"),
            world.token(id, World.SLACK),
            World.SLACK.channel(),
            TO_BO,
            "");

    assertThat(world.desk.click(slack)).isEqualTo(new Answer.Counted(id, 1));
    assertThat(world.find(id).votes()).singleElement().matches(v -> v.choice().equals(TO_BO));
  }
}
