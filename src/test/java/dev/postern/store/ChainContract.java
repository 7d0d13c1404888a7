package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.Backstory;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Decision;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Outcome;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.policy.APlan;
import dev.postern.policy.Rota;
import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.OnTimeout;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the desk promises of chains of stages, on any store. */
abstract class ChainContract extends OnAChain {
  @Test
  void P9_silenceEscalatesStageByStageAndThenTheMailStaysHeld() {
    world.chain =
        APlan.chain("mail", APlan.of("Mail", "group:admins"), APlan.of("Bosses", "group:bosses"));
    CaseId id = world.held("m1");
    String old = world.token(id, CardPlace.WEB);

    timeUp(id);
    assertThat(stage(id).name()).isEqualTo("Bosses");
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
    assertRefused(world.desk.click(world.click("kim", old, RELEASE)), Refusal.PASSED_ON);
    assertRefused(world.act(id, "kim", RELEASE), Refusal.NOT_ALLOWED);

    timeUp(id);
    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);
    assertThat(world.find(id).openStage()).isEmpty();
    assertThat(world.quarantine.calls).isEmpty();
  }

  @Test
  void aStageWithAChannelOfItsOwnAsksThereAndTheFirstCardStopsAsking() {
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("Mail", "group:admins").quorum(2),
            APlan.of("Bosses", "group:bosses").channels("slack:C0BOSSES"));
    CaseId id = world.held("m1");
    world.act(id, "kim", RELEASE);
    assertThat(world.records.backstory(id)).isEqualTo(Backstory.none());

    timeUp(id);
    CardPlace theirs = new CardPlace("slack", "C0BOSSES");
    assertThat(world.records.tokenAt(id, World.SLACK)).isEmpty();
    assertThat(world.records.tokenAt(id, theirs)).isPresent();
    Backstory story = world.records.backstory(id);
    assertThat(story.asking()).containsExactlyInAnyOrder(CardPlace.WEB, theirs);
    assertThat(story.before()).isEmpty();
    assertThat(story.past()).hasSize(1);
    assertThat(story.past().getFirst().stage().name()).isEqualTo("Mail");
    assertThat(story.past().getFirst().votes()).extracting("personId").containsExactly("kim");
    assertThat(story.past().getFirst().asked())
        .containsExactlyInAnyOrder(CardPlace.WEB, World.SLACK);
    assertThat(world.act(id, "lee", RELEASE)).isEqualTo(new Answer.Decided(id, RELEASE));
  }

  @Test
  void P9_aStageThatSaysExpireIsTheLastOne() {
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("Mail", "group:admins").on(OnTimeout.EXPIRE),
            APlan.of("Bosses", "group:bosses"));
    CaseId id = world.held("m1");

    timeUp(id);
    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);
  }

  @Test
  void silenceDiscardsOnlyWhereThePolicySaysSo() {
    world.chain = APlan.of("Mail", "group:admins").on(OnTimeout.DISCARD).chain("mail");
    CaseId id = world.held("m1");

    timeUp(id);
    Decision decision = world.find(id).decision().orElseThrow();
    assertThat(decision.choice()).isEqualTo(DISCARD);
    assertThat(decision.by()).isEqualTo(Decision.By.SILENCE);
    assertThat(decision.because()).isEqualTo("Mail");
  }

  @Test
  void aReleaseThatNeedsTheNextStageIsCarriedOutOnlyWhenItAgrees() {
    world.chain =
        APlan.chain(
            "four-eyes",
            APlan.of("Mail", "group:admins").on(OnRelease.NEXT),
            APlan.of("Bosses", "group:bosses"));
    CaseId id = world.held("m1");

    assertThat(world.act(id, "kim", TO_BO)).isEqualTo(new Answer.PassedOn(id, "Bosses"));
    assertThat(world.find(id).decision()).isEmpty();
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
    assertRefused(world.act(id, "lee", RELEASE), Refusal.OTHER_RELEASE);
    assertThat(world.act(id, "lee", TO_BO)).isEqualTo(new Answer.Decided(id, TO_BO));
  }

  @Test
  void aDiscardNeedsNoSecondStage() {
    world.chain =
        APlan.chain(
            "four-eyes",
            APlan.of("Mail", "group:admins").on(OnRelease.NEXT),
            APlan.of("Bosses", "group:bosses"));
    CaseId id = world.held("m1");

    assertThat(world.act(id, "kim", DISCARD)).isEqualTo(new Answer.Decided(id, DISCARD));
  }

  @Test
  void P6_whoFilledAStageDoesNotFillAnother() {
    world.chain =
        APlan.chain(
            "four-eyes",
            APlan.of("First", "group:admins").on(OnRelease.NEXT),
            APlan.of("Second", "group:admins"));
    CaseId id = world.held("m1");

    world.act(id, "kim", RELEASE);
    assertThat(stage(id).approvers()).containsExactly("noor");
    assertRefused(world.act(id, "kim", RELEASE), Refusal.ANOTHER_STAGE);
    assertThat(world.act(id, "noor", RELEASE)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void whoVotedInVainMayVoteInTheNextStageUnlessItIsToBeDistinct() {
    APlan first = APlan.of("First", "group:admins").quorum(2);
    world.chain = APlan.chain("a", first, APlan.of("Second", "group:admins"));
    CaseId open = world.held("m1");
    world.act(open, "kim", RELEASE);
    timeUp(open);
    assertThat(stage(open).approvers()).containsExactly("kim", "noor");

    world.chain = APlan.chain("b", first, APlan.of("Second", "group:admins").distinctFrom("First"));
    CaseId distinct = world.held("m2");
    world.act(distinct, "kim", RELEASE);
    timeUp(distinct);
    assertThat(stage(distinct).approvers()).containsExactly("noor");
  }

  @Test
  void everybodyMustAgreeWhereTheQuorumIsAll() {
    world.chain = APlan.of("Bosses", "group:bosses").everybody().chain("mail");
    CaseId id = world.held("m1");

    assertThat(world.act(id, "lee", RELEASE)).isEqualTo(new Answer.Counted(id, 2));
    assertThat(world.act(id, "max", RELEASE)).isEqualTo(new Answer.Counted(id, 1));
    assertThat(world.act(id, "sue", RELEASE)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void aDiscardNeedsMoreThanHalfWhereTheStageSaysMajority() {
    world.chain = APlan.of("Bosses", "group:bosses").on(OnDiscard.MAJORITY).chain("mail");
    CaseId id = world.held("m1");

    assertThat(world.act(id, "lee", DISCARD)).isEqualTo(new Answer.Counted(id, 1));
    assertThat(world.act(id, "max", DISCARD)).isEqualTo(new Answer.Decided(id, DISCARD));

    CaseId other = world.held("m2");
    world.act(other, "lee", DISCARD);
    assertThat(world.act(other, "max", RELEASE)).isEqualTo(new Answer.Decided(other, RELEASE));
  }

  @Test
  void aStageThatTooFewCanFillIsPassedOverAndTheCardSaysWhy() {
    world.chain =
        APlan.chain(
            "mail", APlan.of("Mail", "group:admins").quorum(3), APlan.of("Bosses", "group:bosses"));
    CaseId id = world.held("m1");

    assertThat(stage(id).name()).isEqualTo("Bosses");
    assertThat(whats(id)).containsSubsequence("stage.opened", "stage.unreachable", "stage.opened");

    world.chain = APlan.of("Mail", "group:admins").quorum(3).chain("mail");
    CaseId nobody = world.held("m2");
    assertThat(world.find(nobody).state()).isEqualTo(CaseState.EXPIRED);
    assertThat(world.find(nobody).trouble()).isEqualTo("Mail needs 3 people, and 2 may decide.");
  }

  @Test
  void whoeverIsOnCallWhenTheStageOpensIsAsked() {
    LocalDateTime monday = LocalDateTime.ofInstant(world.now, ZoneOffset.UTC).minusHours(1);
    world.rotas.put(
        "mail",
        new Rota("mail", List.of("noor", "kim"), Duration.ofHours(8), monday, ZoneOffset.UTC));
    world.chain = APlan.of("On call", "oncall:mail").window(Duration.ofHours(12)).chain("mail");
    CaseId id = world.held("m1");
    assertThat(stage(id).approvers()).containsExactly("noor");
    assertRefused(world.act(id, "kim", RELEASE), Refusal.NOT_ALLOWED);

    world.now = world.now.plus(Duration.ofHours(9));
    assertThat(stage(world.held("m2")).approvers()).containsExactly("kim");
    assertThat(world.act(id, "noor", RELEASE))
        .as("the turn ended, but the question was put to her")
        .isInstanceOf(Answer.Decided.class);
  }

  @Test
  void channelsThatAreOnlyToldGetACardWithoutAToken() {
    world.chain = APlan.of("Mail", "group:admins").told("slack:CINFO").chain("mail");
    CaseId id = world.held("m1");

    assertThat(world.records.cards(id))
        .filteredOn(card -> card.place().channel().equals("CINFO"))
        .singleElement()
        .matches(card -> card.token().isEmpty());
  }

  @Test
  void peopleAreRemindedWhileTheStageIsOpen() {
    world.chain = APlan.of("Mail", "group:admins").remind(Duration.ofMinutes(30)).chain("mail");
    CaseId id = world.held("m1");

    assertThat(world.desk.remind(stage(id).id())).contains(id);
    long stage = stage(id).id();
    world.release(id, "kim");
    assertThat(world.desk.remind(stage)).isEmpty();
    assertThat(whats(id)).containsOnlyOnce("stage.reminded");
  }

  @Test
  void nobodyIsAskedAboutAMessageThatTheMailSystemNoLongerHas() {
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);
    String token = world.token(id, CardPlace.WEB);

    assertThat(world.desk.gone(world.find(id).hold())).contains(id);
    assertThat(world.desk.gone(world.find(id).hold())).contains(id);
    assertThat(world.desk.gone(new HoldRef("edge-1", "never reported"))).isEmpty();
    assertThat(world.find(id).state()).isEqualTo(CaseState.WITHDRAWN);
    assertThat(whats(id)).containsOnlyOnce("case.withdrawn");
    assertRefused(world.desk.click(world.click("kim", token, RELEASE)), Refusal.CHANGED);
  }

  @Test
  void P9_aClockThatIsPutBackClosesNothingEarlyAndNothingTwice() {
    CaseId id = world.held("m1");
    Stage stage = stage(id);
    world.now = stage.closes().minus(Duration.ofHours(1));
    assertThat(world.desk.timeUp(stage.id())).contains(Duration.ofHours(1));
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);

    world.now = stage.closes();
    assertThat(world.desk.timeUp(stage.id())).isEmpty();
    world.now = stage.closes().minus(Duration.ofHours(1));
    assertThat(world.desk.timeUp(stage.id())).isEmpty();
    assertThat(whats(id)).containsOnlyOnce("stage.expired");
    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);
  }

  @Test
  void peopleWhoAreAskedAgainAfterAFailureMayVoteAgain() {
    world.chain =
        APlan.chain(
            "four-eyes",
            APlan.of("First", "group:admins").on(OnRelease.NEXT),
            APlan.of("Second", "group:admins"));
    CaseId id = world.held("m1");
    world.act(id, "kim", RELEASE);
    world.act(id, "noor", RELEASE);
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.effects.carryOut(1);

    assertThat(stage(id).place().round()).isEqualTo(2);
    assertThat(stage(id).approvers()).containsExactly("kim", "noor");
    assertThat(world.act(id, "noor", RELEASE)).isEqualTo(new Answer.PassedOn(id, "Second"));
  }
}
