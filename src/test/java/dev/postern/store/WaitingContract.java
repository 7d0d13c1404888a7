package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Outcome;
import dev.postern.approval.Stage;
import dev.postern.evidence.Answer.Status;
import dev.postern.policy.APlan;
import dev.postern.policy.Action;
import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stages whose user group nobody has read: every way of asking waits, on any store. */
abstract class WaitingContract extends OnAChain {
  private static final String GROUP = "slack-group:S0MAILOPS";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String UNTOLD = "Slack has not told yet who is in slack-group:S0MAILOPS.";

  private volatile Status dns = Status.NXDOMAIN;

  @BeforeEach
  void dnsThatChanges() {
    world.close();
    world =
        new World(database(), people, (_, _, _) -> dev.postern.evidence.Answer.without(dns, 60));
    world.chain = APlan.chain("mail", APlan.of("Mail", GROUP), APlan.of("Bosses", "group:bosses"));
  }

  private static APlan byGroup(String name) {
    return APlan.of(name, GROUP);
  }

  /** What the queue does with a stage that waits or is open. */
  private Optional<Duration> look(CaseId id) {
    return world.desk.timeUp(stage(id).id());
  }

  private void assertWaits(CaseId id, String stage) {
    assertThat(stage(id).name()).isEqualTo(stage);
    assertThat(stage(id).state()).isEqualTo(Stage.State.WAITING);
    assertThat(stage(id).approvers()).isEmpty();
    assertThat(world.records.tokenAt(id, CardPlace.WEB)).isEmpty();
    assertThat(places(id)).contains(CardPlace.WEB, World.SLACK);
    assertThat(whats(id)).contains("stage.waiting");
    assertThat(look(id)).hasValueSatisfying(WaitingContract::shortWait);
    assertThat(people.asked).contains(GROUP);
  }

  private static void shortWait(Duration wait) {
    assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(30));
  }

  /** Slack tells who is in the group, and they can vote. */
  private void assertAsksOnceToldIn(CaseId id) {
    world.now = world.now.plusSeconds(100);
    people.groups.put(GROUP, Set.of("kim", "noor"));
    Optional<Duration> window = look(id);

    Stage open = stage(id);
    assertThat(open.state()).isEqualTo(Stage.State.OPEN);
    assertThat(open.approvers()).containsExactlyInAnyOrder("kim", "noor");
    assertThat(open.opens()).isEqualTo(world.now);
    assertThat(window).contains(Duration.between(world.now, open.closes()));
    assertThat(ballot(id, "kim")).isPresent();
    assertThat(world.release(id, "kim")).isNotInstanceOf(Answer.Refused.class);
  }

  /** Nobody tells until it has waited for long enough. */
  private void inVain(CaseId id) {
    world.now = stage(id).opens().plus(PATIENCE).minusSeconds(1);
    assertThat(look(id)).contains(Duration.ofSeconds(1));
    world.now = world.now.plusSeconds(1);
    assertThat(look(id)).isEmpty();
  }

  @Test
  void theFirstStageWaitsAndAsksThen() {
    CaseId id = world.held("m1");
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
    assertWaits(id, "Mail");
    assertAsksOnceToldIn(id);
  }

  @Test
  void theFirstStageOfWhatAnotherFilterHoldsWaitsToo() {
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);
    assertWaits(id, "Mail");
    assertAsksOnceToldIn(id);
  }

  @Test
  void aStageThatSilenceEscalatesToWaits() {
    world.chain = APlan.chain("mail", APlan.of("Mail", "group:admins"), byGroup("Ops"));
    CaseId id = world.held("m1");
    timeUp(id);
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
    assertWaits(id, "Ops");
    assertAsksOnceToldIn(id);
  }

  @Test
  void aStageThatMustAgreeTooWaits() {
    world.chain =
        APlan.chain("mail", APlan.of("Bosses", "group:bosses").on(OnRelease.NEXT), byGroup("Ops"));
    CaseId id = world.held("m1");
    assertThat(world.release(id, "lee")).isEqualTo(new Answer.PassedOn(id, "Ops"));
    assertWaits(id, "Ops");
    assertAsksOnceToldIn(id);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
  }

  @Test
  void aStageBehindOneThatTooFewCanFillWaits() {
    world.chain = APlan.chain("mail", APlan.of("Mail", "group:admins").quorum(3), byGroup("Ops"));
    CaseId id = world.held("m1");
    assertWaits(id, "Ops");
    assertAsksOnceToldIn(id);
  }

  @Test
  void aRecheckThatAsksAnewWaits() {
    dns = Status.TEMPFAIL;
    people.groups.put(GROUP, Set.of("kim", "noor"));
    CaseId id = world.held("m1");
    people.groups.remove(GROUP);
    dns = Status.NXDOMAIN;
    world.desk.recheck(id, 1);

    assertThat(stage(id).place().round()).isEqualTo(2);
    assertWaits(id, "Mail");
    assertAsksOnceToldIn(id);
  }

  @Test
  void P11_whatWaitsIsLookedAtAgainAndSuperseded() {
    dns = Status.TEMPFAIL;
    CaseId id = world.held("m1");
    long waited = stage(id).id();
    dns = Status.NXDOMAIN;
    world.desk.recheck(id, 1);

    assertThat(stage(id).id()).isNotEqualTo(waited);
    assertThat(world.desk.timeUp(waited)).isEmpty();
    assertWaits(id, "Mail");
    assertAsksOnceToldIn(id);
  }

  @Test
  void theRoundAfterAFailedEffectWaits() {
    people.groups.put(GROUP, Set.of("kim", "noor"));
    CaseId id = world.held("m1");
    world.release(id, "kim");
    people.groups.remove(GROUP);
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.effects.carryOut(1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
    assertThat(stage(id).place().round()).isEqualTo(2);
    assertWaits(id, "Mail");
    assertThat(world.find(id).trouble()).isEqualTo("The mail server refused it.");
    assertAsksOnceToldIn(id);
  }

  @Test
  void aFailedEffectStaysToldWhenItsRoundIsPassedOn() {
    people.groups.put(GROUP, Set.of("kim", "noor"));
    CaseId id = world.held("m1");
    world.release(id, "kim");
    people.groups.remove(GROUP);
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.effects.carryOut(1);
    inVain(id);

    assertThat(stage(id).name()).isEqualTo("Bosses");
    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
    assertThat(world.find(id).trouble())
        .isEqualTo("The mail server refused it. Mail needs 1 people, and 0 may decide. " + UNTOLD);
  }

  @Test
  void aGroupThatIsNeverToldEscalatesAndTheCardSaysWhy() {
    CaseId id = world.held("m1");
    inVain(id);

    assertThat(stage(id).name()).isEqualTo("Bosses");
    assertThat(stage(id).state()).isEqualTo(Stage.State.OPEN);
    assertThat(whats(id)).containsSubsequence("stage.waiting", "stage.unreachable");
    assertThat(world.find(id).trouble())
        .isEqualTo("Mail needs 1 people, and 0 may decide. " + UNTOLD);
    assertThat(world.release(id, "lee")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P9_aLastGroupThatIsNeverToldLeavesTheMailHeldAndSaysWhy() {
    world.chain = byGroup("Mail").chain("mail");
    CaseId id = world.held("m1");
    inVain(id);

    CaseFile it = world.find(id);
    assertThat(it.state()).isEqualTo(CaseState.EXPIRED);
    assertThat(it.trouble()).isEqualTo("Mail needs 1 people, and 0 may decide. " + UNTOLD);
    assertThat(look(id)).isEmpty();
    assertThat(world.quarantine.calls).isEmpty();
  }

  @Test
  void eachGroupOfAChainIsWaitedForInItsTurn() {
    world.chain = APlan.chain("mail", byGroup("Mail"), byGroup("Ops"));
    CaseId id = world.held("m1");
    inVain(id);
    assertWaits(id, "Ops");
    assertAsksOnceToldIn(id);
  }

  @Test
  void whoIsNamedBesideTheGroupIsAskedInTheEndWhereOneIsEnough() {
    world.chain = APlan.of("Mail", GROUP, "kim").chain("mail");
    CaseId id = world.held("m1");
    assertWaits(id, "Mail");
    world.now = stage(id).opens().plus(PATIENCE);
    assertThat(look(id)).isPresent();

    assertThat(stage(id).approvers()).containsExactly("kim");
    assertThat(world.find(id).trouble()).isEqualTo(UNTOLD);
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P6_aPartOfThePeopleIsNeverAllOfThemNorTheirMajority() {
    for (APlan plan :
        new APlan[] {
          APlan.of("Mail", GROUP, "kim").everybody(),
          APlan.of("Mail", GROUP, "kim").on(OnDiscard.MAJORITY)
        }) {
      world.chain = APlan.chain("mail", plan, APlan.of("Bosses", "group:bosses"));
      CaseId id = world.held("m" + plan.hashCode());
      inVain(id);

      assertThat(stage(id).name()).isEqualTo("Bosses");
      assertThat(world.find(id).trouble()).contains(UNTOLD);
    }
  }

  @Test
  void whoMayBreakTheGlassIsWaitedForBesideAStageThatAsks() {
    world.chain = byGroup("G").besides(APlan.of("Bosses", "group:bosses").chain("mail"));
    CaseId id = world.held("m1");
    assertThat(stage(id).state()).isEqualTo(Stage.State.OPEN);
    assertThat(ballot(id, "kim")).isEmpty();

    people.groups.put(GROUP, Set.of("kim"));
    long glass = stage(id).id() - 1;
    assertThat(world.desk.timeUp(glass)).isPresent();

    assertThat(ballot(id, "kim"))
        .hasValueSatisfying(b -> assertThat(b.stage().breakGlass()).isTrue());
  }

  @Test
  void nobodyIsAskedAboutAMessageThatLeftMeanwhile() {
    CaseId id = world.held("m1");
    world.desk.gone(world.find(id).hold());
    people.groups.put(GROUP, Set.of("kim"));

    assertThat(look(id)).isEmpty();
    assertThat(world.find(id).state()).isEqualTo(CaseState.WITHDRAWN);
    assertThat(stage(id).state()).isEqualTo(Stage.State.SUPERSEDED);
  }

  @Test
  void aMessageThatNobodyIsAskedAboutWaitsForNoGroup() {
    world.action = new Action.Discard();
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);

    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
    assertThat(people.asked).isEmpty();
  }
}
