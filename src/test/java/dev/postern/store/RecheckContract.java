package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.approval.Refusal;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Origin;
import dev.postern.policy.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the desk promises where DNS did not answer at first, on any store. */
abstract class RecheckContract extends OnAWorld {
  private volatile Answer.Status dns = Answer.Status.TEMPFAIL;

  @BeforeEach
  void silentDns() {
    world.close();
    world = new World(database(), people, (_, _, _) -> Answer.without(dns, 60));
  }

  @Test
  void P11_aVerdictThatChangesSupersedesTheCardsAndPeopleVoteAgain() {
    CaseId id = world.held("m1");
    CaseFile before = world.find(id);
    assertThat(before.evidence().orElseThrow().uncertain()).isTrue();
    String old = world.token(id, CardPlace.WEB);

    dns = Answer.Status.NXDOMAIN;
    world.desk.recheck(id, 1);

    CaseFile after = world.find(id);
    assertThat(after.evidence().orElseThrow().uncertain()).isFalse();
    assertThat(after.digest()).isNotEqualTo(before.digest());
    assertThat(after.openStage()).isPresent();
    assertRefused(
        world.desk.click(world.click("kim", old, new Choice.ReleaseAll())), Refusal.CHANGED);
    assertThat(world.release(id, "kim")).isInstanceOf(dev.postern.approval.Answer.Decided.class);
    assertThat(whats(id)).containsSubsequence("case.rechecked", "case.examined", "stage.opened");
  }

  @Test
  void P11_whatPeopleWereAskedAboutBeforeIsKeptToBeShown() {
    CaseId id = world.held("m1");
    CaseFile before = world.find(id);
    world.chain = World.chain(2);
    dns = Answer.Status.NXDOMAIN;

    world.desk.recheck(id, 1);

    var was = world.records.backstory(id).before().orElseThrow();
    assertThat(was.evidence()).isEqualTo(before.evidence().orElseThrow());
    assertThat(was.digest()).isEqualTo(before.digest().orElseThrow());
    assertThat(was.votes()).isZero();
    assertThat(world.records.backstory(id).past()).isEmpty();
  }

  @Test
  void aLookInVainIsForgottenWhenALaterOneFindsSomething() {
    CaseId id = world.held("m1");
    world.desk.recheck(id, 0);
    assertThat(world.records.backstory(id).looked()).contains(world.now);

    world.now = world.now.plusSeconds(60);
    dns = Answer.Status.NXDOMAIN;
    world.desk.recheck(id, 0);

    assertThat(world.records.backstory(id).looked()).isEmpty();
    assertThat(world.records.backstory(id).before()).isPresent();
  }

  @Test
  void whatWasShownWithOtherOctetsIsReportedAndNeverComputedLater() {
    Message shown = world.message("m1");
    Message changed =
        new Message(
            shown.ref(), shown.envelope(), shown.raw(), world.now, Optional.of("a lossy way"));
    CaseId id = ((Judgement.Held) world.desk.judge(changed)).caseId();
    dns = Answer.Status.NXDOMAIN;

    world.desk.recheck(id, 0);

    CaseFile it = world.find(id);
    assertThat(it.evidence().orElseThrow().origin()).isEqualTo(new Origin.Reported("a lossy way"));
    assertThat(it.gateway()).isEqualTo("a lossy way");
    assertThat(it.rawKept()).as("it can be released").isTrue();
  }

  @Test
  void aReleaseThatFailedSupersedesNothing() {
    CaseId id = world.held("m1");
    world.quarantine.says = dev.postern.approval.Outcome.Kind.PERM_FAIL;
    world.release(id, "kim");
    world.settle(1);

    assertThat(world.find(id).openStage()).as("people are asked again").isPresent();
    assertThat(world.records.backstory(id).before()).isEmpty();
  }

  @Test
  void aLookThatFindsNothingNewChangesNothing() {
    CaseId id = world.held("m1");
    CaseFile before = world.find(id);

    world.desk.recheck(id, 1);

    assertThat(world.find(id).digest()).isEqualTo(before.digest());
    assertThat(world.find(id).stage()).isEqualTo(before.stage());
    assertThat(whats(id)).containsOnlyOnce("case.rechecked").containsOnlyOnce("stage.opened");
  }

  @Test
  void thePolicyRulesAnewOnWhatIsFoundAtLast() {
    CaseId id = world.held("m1");
    world.action = new Action.Release();
    dns = Answer.Status.NXDOMAIN;

    world.desk.recheck(id, 1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
    assertThat(world.find(id).decision().orElseThrow().by()).isEqualTo(Decision.By.RULE);
    assertThat(world.find(id).openStage()).isEmpty();
  }

  @Test
  void P7_whoHasTheMessageDoesNotGetItAgainByARuleThatDecidesLater() {
    CaseId id = world.held("m1");
    world.quarantine.refuses = "bo@corp.example";
    world.release(id, "kim");
    world.settle(1);
    assertThat(world.find(id).openStage()).as("people are asked again").isPresent();

    world.quarantine.refuses = "";
    world.action = new Action.Release();
    dns = Answer.Status.NXDOMAIN;
    world.desk.recheck(id, 1);
    world.effects.carryOut(2);
    assertThat(world.quarantine.calls).last().isEqualTo("release [bo@corp.example] attempt 1");
  }

  @Test
  void whatPeopleDecidedStands() {
    CaseId id = world.held("m1");
    world.release(id, "kim");
    dns = Answer.Status.NXDOMAIN;

    world.desk.recheck(id, 1);

    assertThat(whats(id)).doesNotContain("case.rechecked");
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
  }

  private List<String> whats(CaseId id) {
    return world.records.history(id).stream().map(HistoryLine::what).toList();
  }
}
