package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.Brake;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Identity;
import dev.postern.approval.Judgement;
import dev.postern.approval.Person;
import dev.postern.evidence.Answer.Status;
import dev.postern.policy.Action;
import dev.postern.policy.Freeze;
import dev.postern.policy.Ruling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What freezing stops, and what it does not, on any store. */
abstract class FreezeContract extends OnAWorld {
  private volatile Status dns = Status.NXDOMAIN;

  @BeforeEach
  void dnsThatChanges() {
    world.close();
    reopen();
    world.action = new Action.Release();
  }

  final void reopen() {
    world =
        new World(database(), people, (_, _, _) -> dev.postern.evidence.Answer.without(dns, 60));
  }

  private Person person(String id) {
    return people.person(Identity.ofPostern(id)).orElseThrow();
  }

  final Brake.Answer freeze() {
    return world.brake.freeze(person("kim"), "  a partner\nwas \u202etaken over\u0000 ");
  }

  private List<String> told() {
    return world.story.stream().map(Story.Line::what).filter(w -> w.startsWith("policy.")).toList();
  }

  @Test
  void whatARuleWouldReleaseInlineIsHeldAndAskedAboutWhileFrozen() {
    assertThat(world.desk.judge(world.message("m0"))).isInstanceOf(Judgement.Pass.class);

    assertThat(freeze()).isEqualTo(Brake.Answer.DONE);
    CaseFile it = world.find(world.held("m1"));

    assertThat(it.state()).isEqualTo(CaseState.ASKING);
    Ruling ruling = it.ruling().orElseThrow();
    assertThat(ruling.rule()).isEqualTo("test");
    assertThat(ruling.frozen())
        .contains(new Freeze("kim", "The kim", world.now, "a partner was taken over"));
    assertThat(ruling.trace().getLast().why())
        .isEqualTo("releasing by rule is frozen by kim since " + world.now);
    assertThat(world.records.history(it.id()).toString()).contains("frozen-by=kim");

    assertThat(world.brake.unfreeze(person("kim"))).isEqualTo(Brake.Answer.DONE);
    assertThat(world.desk.judge(world.message("m2"))).isInstanceOf(Judgement.Pass.class);
    assertThat(world.find(it.id()).state()).as("goes on waiting").isEqualTo(CaseState.ASKING);
  }

  @Test
  void whatWaitsToBeExaminedIsAskedAboutToo() {
    CaseId before = world.desk.receive(world.hold("h1")).caseId();
    freeze();
    world.desk.examine(before);

    assertThat(world.find(before).state()).isEqualTo(CaseState.ASKING);
    assertThat(world.find(before).ruling().orElseThrow().frozen()).isPresent();
  }

  @Test
  void aVerdictThatChangedReleasesNothingWhileFrozen() {
    dns = Status.TEMPFAIL;
    world.action = new Action.Ask("admins");
    CaseId id = world.held("m1");
    freeze();

    dns = Status.NXDOMAIN;
    world.action = new Action.Release();
    world.desk.recheck(id, 1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
    assertThat(world.find(id).ruling().orElseThrow().frozen()).isPresent();
    assertThat(world.quarantine.calls).isEmpty();
  }

  @Test
  void discardingByRuleAndDecisionsOfPeopleGoOn() {
    freeze();
    world.action = new Action.Discard();
    assertThat(world.desk.judge(world.message("m1"))).isInstanceOf(Judgement.Reject.class);
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);

    world.action = new Action.Ask("admins");
    CaseId asked = world.held("m2");
    assertThat(world.find(asked).ruling().orElseThrow().frozen()).isEmpty();
    assertThat(world.release(asked, "kim")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void onlyWhomThePolicyNamesMayFreezeOrEndIt() {
    assertThat(world.brake.freeze(person("noor"), "")).isEqualTo(Brake.Answer.NOT_ALLOWED);
    assertThat(world.brake.standing()).isEmpty();
    freeze();
    assertThat(world.brake.unfreeze(person("noor"))).isEqualTo(Brake.Answer.NOT_ALLOWED);
    assertThat(world.brake.standing()).isPresent();
  }

  @Test
  void P10_freezingIsLoggedOnceHoweverManyDoItAtOnce() throws Exception {
    List<Brake.Answer> answers = atOnce(8, _ -> freeze());

    assertThat(answers).filteredOn(a -> a == Brake.Answer.DONE).hasSize(1);
    assertThat(Set.copyOf(answers)).isEqualTo(Set.of(Brake.Answer.DONE, Brake.Answer.ALREADY));
    assertThat(world.brake.unfreeze(person("kim"))).isEqualTo(Brake.Answer.DONE);
    assertThat(world.brake.unfreeze(person("kim"))).isEqualTo(Brake.Answer.ALREADY);
    logged(told());
  }

  /** What the log holds of it; a store in memory has none. */
  void logged(List<String> told) {
    assertThat(told).containsExactly("policy.frozen", "policy.unfrozen");
  }

  @Test
  void P6_whoWasInAGroupThatCannotBeReadNowMayFreezeButNotEndIt() {
    String group = "slack-group:S0MAILOPS";
    world.mayFreeze = List.of(group);
    people.groups.put(group, Set.of("kim"));
    people.silenceAboutGroups = Optional.of(Duration.ZERO);

    assertThat(freeze()).isEqualTo(Brake.Answer.DONE);
    assertThat(world.brake.unfreeze(person("kim"))).isEqualTo(Brake.Answer.UNTOLD);
    assertThat(world.brake.may(person("kim"))).isFalse();
    assertThat(world.brake.freeze(person("noor"), "")).isEqualTo(Brake.Answer.UNTOLD);
    assertThat(world.brake.standing()).isPresent();

    people.silenceAboutGroups = Optional.empty();
    assertThat(world.brake.unfreeze(person("noor"))).isEqualTo(Brake.Answer.NOT_ALLOWED);
    assertThat(world.brake.unfreeze(person("kim"))).isEqualTo(Brake.Answer.DONE);
  }

  @Test
  void P6_ofAGroupThatWasNeverReadNobodyKnowsWhetherSomebodyMayFreeze() {
    world.mayFreeze = List.of("slack-group:S0MAILOPS");

    assertThat(freeze()).isEqualTo(Brake.Answer.UNTOLD);
    assertThat(world.brake.standing()).isEmpty();
  }
}
