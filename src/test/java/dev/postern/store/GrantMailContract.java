package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Decision;
import dev.postern.approval.Grant;
import dev.postern.approval.Judgement;
import dev.postern.approval.Petitions;
import dev.postern.approval.Wish;
import dev.postern.policy.Action;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.Granted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What exceptions from the rules do with mail: counted and ended, on any store. */
abstract class GrantMailContract extends OnGrants {
  @Test
  void onlyWhatDmarcProvesPassesUnlessTheGrantSaysOtherwise() {
    granted(wish(Kind.ALLOW, "evil.example"));
    proves = false;
    assertThat(passes("m1")).isFalse();

    granted(
        new Wish(
            Kind.ALLOW,
            "EVE@evil.example",
            "",
            Optional.empty(),
            Optional.empty(),
            true,
            "their DNS is broken",
            Optional.empty()));
    assertThat(passes("m2")).isTrue();
  }

  @Test
  void aGrantForSomeLetsNothingPassThatOthersGetToo() {
    granted(to("anna@corp.example"));
    assertThat(passes("m1")).as("bo is a recipient as well").isFalse();

    granted(to("corp.example"));
    assertThat(passes("m2")).isTrue();
  }

  private static Wish to(String whom) {
    return new Wish(
        Kind.ALLOW,
        "evil.example",
        whom,
        Optional.empty(),
        Optional.empty(),
        false,
        "for " + whom,
        Optional.empty());
  }

  @Test
  void P4_racersPassNoMoreMessagesThanAGrantMayLetPass() throws Exception {
    Grant grant = granted(most(7));

    List<Boolean> passed = atOnce(40, n -> passes("m" + n));

    assertThat(passed).filteredOn(it -> it).hasSize(7);
    assertThat(find(grant).used()).isEqualTo(7);
    assertThat(find(grant).state()).isEqualTo(Grant.State.USED_UP);
  }

  @Test
  void P4_noneIsUsedOnceARevocationIsAnswered() throws Exception {
    Grant grant = granted(most(1000));

    atOnce(
        20,
        n -> {
          if (n == 10) {
            return world.petitions.revoke(person("kim"), grant.id());
          }
          return passes("m" + n);
        });
    int used = find(grant).used();

    assertThat(passes("late")).isFalse();
    assertThat(find(grant).used()).isEqualTo(used);
    assertThat(find(grant).endedBy()).isEqualTo("kim");
    assertThat(world.petitions.revoke(person("noor"), grant.id()))
        .isEqualTo(Petitions.Ending.ALREADY);
    world.petitions.look(grant.id());
    assertThat(world.find(grant.caseId()).trouble()).isEqualTo("Ended early by kim.");
  }

  @Test
  void itEndsOnTimeAndItsCaseSaysSo() {
    Grant grant = granted(wish(Kind.ALLOW, "evil.example"));
    assertThat(world.petitions.look(grant.id())).contains(Duration.ofHours(24));

    world.now = grant.terms().until();
    assertThat(passes("m1")).as("before anything was woken up").isFalse();
    assertThat(world.petitions.look(grant.id())).isEmpty();

    assertThat(find(grant).state()).isEqualTo(Grant.State.ENDED);
    assertThat(world.find(grant.caseId()).trouble()).isEqualTo("Over: its time has ended.");
    world.now = world.now.minus(Duration.ofDays(1));
    assertThat(passes("m2")).as("a clock that is set back").isFalse();
  }

  @Test
  void aClockThatIsSetBackBeforeItBeganMakesItNoLonger() {
    granted(wish(Kind.ALLOW, "evil.example"));
    world.now = world.now.minus(Duration.ofDays(2));

    assertThat(passes("m1")).isFalse();
  }

  @Test
  void aBlockDiscardsWhatARuleWouldReleaseOrAskAbout() {
    granted(wish(Kind.BLOCK, "eve@evil.example"));
    Judgement blocked = world.desk.judge(world.message("m1"));
    assertThat(((Judgement.Reject) blocked).ruling().refusal())
        .as("the reason of the rule is not that of those who block")
        .isEqualTo("Mail like this is not accepted here.");
    world.action = new Action.Release();
    assertThat(world.desk.judge(world.message("m2"))).isInstanceOf(Judgement.Reject.class);
    assertThat(world.ruledOn.orElseThrow().context().grants().block()).isTrue();
  }

  @Test
  void aBlockComesBeforeWhatIsAllowed() {
    Grant allow = granted(wish(Kind.ALLOW, "eve@evil.example"));
    granted(wish(Kind.BLOCK, "evil.example"));

    assertThat(world.desk.judge(world.message("m1"))).isInstanceOf(Judgement.Reject.class);
    assertThat(find(allow).used()).isZero();
  }

  @Test
  void whatARuleDiscardsIsNotLetPass() {
    Grant grant = granted(wish(Kind.ALLOW, "evil.example"));
    world.action = new Action.Discard();

    assertThat(world.desk.judge(world.message("m1"))).isInstanceOf(Judgement.Reject.class);
    assertThat(find(grant).used()).isZero();
  }

  @Test
  void whileReleasingIsFrozenAGrantLetsNothingPassAndCountsNothing() {
    Grant grant = granted(wish(Kind.ALLOW, "evil.example"));
    world.brake.freeze(person("kim"), "");

    CaseFile it = world.find(world.held("m1"));

    assertThat(it.state()).isEqualTo(CaseState.ASKING);
    assertThat(it.ruling().orElseThrow().frozen()).isPresent();
    assertThat(find(grant).used()).isZero();
  }

  @Test
  void P10_aMessageThatItLetsPassNamesItInItsCaseAndInTheLog() {
    Grant grant = granted(wish(Kind.ALLOW, "evil.example"));
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);

    CaseFile it = world.find(id);
    assertThat(it.decision().orElseThrow().by()).isEqualTo(Decision.By.GRANT);
    assertThat(it.decision().orElseThrow().because()).isEqualTo(grant.id().text());
    var by = it.ruling().orElseThrow().notes().granted().orElseThrow();
    assertThat(by.id()).isEqualTo(grant.id());
    assertThat(by.owner()).isEqualTo("kim");
    assertThat(it.ruling().orElseThrow().unhindered()).isEqualTo(new Action.Ask("admins"));
    assertThat(it.context().orElseThrow().grants())
        .isEqualTo(new Granted(true, false, grant.id().text()));
    assertThat(world.records.history(id).toString()).contains("grant=" + grant.id());
    assertThat(find(grant).used()).isEqualTo(1);
  }

  @Test
  void anotherLookThatFindsNothingNewCountsNothing() {
    proves = false;
    CaseId id = world.held("m1");
    Grant grant = granted(wish(Kind.ALLOW, "evil.example"));
    world.desk.recheck(id, 1);
    assertThat(find(grant).used()).isZero();

    proves = true;
    world.desk.recheck(id, 2);
    assertThat(find(grant).used()).isEqualTo(1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
  }

  @Test
  void aRequestIsNoMailOfASender() {
    asked(wish(Kind.ALLOW, "evil.example"));
    world.held("m1");

    assertThat(world.ruledOn.orElseThrow().context().domain().seen()).isZero();
    assertThat(world.records.undecided("smtp")).hasSize(1);
  }
}
