package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Grant;
import dev.postern.approval.Judgement;
import dev.postern.approval.Refusal;
import dev.postern.policy.APlan;
import dev.postern.policy.Action;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.StagePlan.OnRelease;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of a vote on a set that covers later messages, too, on any store. */
abstract class LaterContract extends OnACampaign {
  private static final Choice RELEASE_AND_LATER = RELEASE.withLater();
  private static final Choice DISCARD_AND_LATER = DISCARD.withLater();

  private volatile boolean proves = true;

  @BeforeEach
  void proved() {
    inADns(
        (name, type, timeout) -> (proves ? Dnses.SHOP : Dnses.NOTHING).query(name, type, timeout));
  }

  private Answer vote(CaseId leader, String person, Choice choice) {
    return world.act(leader, person, choice);
  }

  private void bothReleaseAndLater(CaseId leader) {
    vote(leader, "kim", RELEASE_AND_LATER);
    vote(leader, "noor", RELEASE_AND_LATER);
  }

  private void seenToByEight(long campaign) throws Exception {
    atOnce(
        8,
        _ -> {
          world.later.settle(campaign);
          return campaign;
        });
  }

  private CaseId set() {
    CaseId leader = held(3).getFirst();
    gathered();
    return leader;
  }

  private List<Grant> grants() {
    return world.records.grants().list(false, Optional.empty(), Optional.empty(), 10);
  }

  private Judgement comes(String id, String text) {
    return world.desk.judge(message(id, text, id + "@corp.example"));
  }

  private String later(CaseId leader) {
    return together(leader).campaign().later();
  }

  @Test
  void whatTwoPeopleVotedForHoldsForLaterOnesAtOnce() {
    world.chain = World.chain(2);
    CaseId leader = set();
    vote(leader, "kim", RELEASE_AND_LATER);
    assertThat(vote(leader, "noor", RELEASE_AND_LATER))
        .isEqualTo(new Answer.Decided(leader, RELEASE));
    run();

    Grant grant = grants().getFirst();
    assertThat(grant.state()).isEqualTo(Grant.State.ACTIVE);
    assertThat(grant.caseId()).as("where people decided about it").isEqualTo(leader);
    assertThat(grant.petition().owner()).isEqualTo("kim");
    assertThat(grant.terms().kind()).isEqualTo(Kind.ALLOW);
    assertThat(grant.terms().most()).isEqualTo(100);
    assertThat(grant.terms().until())
        .isEqualTo(
            world
                .find(leader)
                .decision()
                .orElseThrow()
                .at()
                .plus(Duration.ofHours(24))
                .truncatedTo(ChronoUnit.MINUTES));
    assertThat(later(leader))
        .isEqualTo("With the decision began grant " + grant.id() + ", which lets them pass, too.");

    assertThat(comes("n1", "Hello")).isInstanceOf(Judgement.Pass.class);
    assertThat(comes("n2", "Pay to our new account")).isInstanceOf(Judgement.Held.class);
    assertThat(grants().getFirst().used()).isEqualTo(1);
    run();
    assertThat(world.quarantine.calls).as("the set itself").hasSize(3);
  }

  @Test
  void oneAloneDecidesTheSetAndAsksOthersAboutLaterOnes() {
    CaseId leader = set();
    assertThat(vote(leader, "kim", RELEASE_AND_LATER)).isInstanceOf(Answer.Decided.class);
    run();

    Grant grant = grants().getFirst();
    assertThat(grant.state()).isEqualTo(Grant.State.REQUESTED);
    assertThat(later(leader)).contains(grant.caseId().text(), grant.id().text());
    assertThat(comes("n1", "Hello")).isInstanceOf(Judgement.Held.class);
    assertRefused(world.release(grant.caseId(), "kim"), Refusal.OWN_MESSAGE);

    assertThat(world.release(grant.caseId(), "noor")).isInstanceOf(Answer.Decided.class);
    run();
    assertThat(comes("n2", "Hello")).isInstanceOf(Judgement.Pass.class);
  }

  @Test
  void anotherChainThatDecidesAboutGrantsIsAsked() {
    world.chain = World.chain(2);
    world.law = new GrantLaw("board", Duration.ofDays(30), 1000, false);
    CaseId leader = set();
    bothReleaseAndLater(leader);
    people.and("lee");
    world.chain = World.chain(1);
    run();

    assertThat(grants()).extracting(Grant::state).containsExactly(Grant.State.REQUESTED);
  }

  @Test
  void whereOwnRequestsCountOneIsEnough() {
    world.law = GrantLaw.USUAL.withOwnRequests();
    CaseId leader = set();
    vote(leader, "kim", DISCARD_AND_LATER);
    run();

    assertThat(grants()).extracting(Grant::state).containsExactly(Grant.State.ACTIVE);
    assertThat(grants().getFirst().terms().kind()).isEqualTo(Kind.BLOCK);
    assertThat(later(leader)).startsWith("With the decision began grant PG-");
    assertThat(comes("n1", "Hello")).isInstanceOf(Judgement.Reject.class);
  }

  @Test
  void whoCanDiscardAloneBlocksNothingAlone_whereARequestTakesTwo() {
    world.law = GrantLaw.USUAL.withOwnRequests();
    world.chain = World.chain(2);
    CaseId leader = set();
    assertThat(vote(leader, "kim", DISCARD_AND_LATER)).isInstanceOf(Answer.Decided.class);
    run();

    assertThat(grants()).extracting(Grant::state).containsExactly(Grant.State.REQUESTED);
    assertThat(later(leader)).startsWith("In case PN-");
  }

  @Test
  void allStagesMustSayIt_alsoThoseWhoMayNotReadTheCaseAnyMore() {
    people.and("pat", "desk").and("lee", "lead");
    world.chain =
        APlan.chain("mail", APlan.of("Desk", "pat").on(OnRelease.NEXT), APlan.of("Lead", "lee"));
    CaseId leader = set();
    assertThat(vote(leader, "pat", RELEASE_AND_LATER)).isInstanceOf(Answer.PassedOn.class);
    assertThat(vote(leader, "lee", RELEASE_AND_LATER)).isInstanceOf(Answer.Decided.class);
    run();

    assertThat(grants()).extracting(Grant::state).containsExactly(Grant.State.ACTIVE);
  }

  @Test
  void whatWasBegunInACaseLeavesItAmongThePrecedents() {
    world.law = GrantLaw.USUAL.withOwnRequests();
    CaseId leader = set();
    vote(leader, "kim", DISCARD_AND_LATER);
    run();

    assertThat(grants()).hasSize(1);
    Span all = new Span(world.now.minus(Duration.ofDays(1)), world.now.plusSeconds(1));
    assertThat(world.store().precedents().count(all)).isEqualTo(3);
  }

  @Test
  void votesAddUpWhateverTheySayOfLaterOnes_whichAllMustSay() {
    world.chain = World.chain(2);
    CaseId leader = set();
    vote(leader, "kim", RELEASE_AND_LATER);
    assertThat(vote(leader, "noor", RELEASE)).isEqualTo(new Answer.Decided(leader, RELEASE));
    run();
    run();

    assertThat(grants()).isEmpty();
    assertThat(later(leader)).isEmpty();
    assertThat(cases().stream().map(CaseFile::state)).containsOnly(CaseState.DONE);
  }

  @Test
  void whoVotedForTheSetAloneMayStillSayLaterOnesToo() {
    world.chain = World.chain(2);
    CaseId leader = set();
    vote(leader, "kim", RELEASE);
    assertThat(vote(leader, "kim", RELEASE_AND_LATER)).isInstanceOf(Answer.Counted.class);
    assertRefused(vote(leader, "kim", RELEASE_AND_LATER), Refusal.VOTED_ALREADY);
    vote(leader, "noor", RELEASE_AND_LATER);
    run();

    assertThat(grants()).extracting(Grant::state).containsExactly(Grant.State.ACTIVE);
  }

  @Test
  void aReleaseCoversNoLaterOnesThatAreNotProved() {
    proves = false;
    CaseId leader = set();
    assertRefused(vote(leader, "kim", RELEASE_AND_LATER), Refusal.NOT_LATER);
    assertThat(vote(leader, "kim", DISCARD_AND_LATER)).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void oneMessageAloneHasNoLaterOnes() {
    CaseId alone = held("m1", "Hello", "u1@corp.example");
    assertRefused(vote(alone, "kim", RELEASE_AND_LATER), Refusal.NOT_LATER);
  }

  @Test
  void P4_P11_theTermsAreThoseOfTheCard_neverWider() {
    world.chain = World.chain(2);
    world.law = new GrantLaw("", Duration.ofHours(2), 7, false);
    CaseId leader = set();
    world.law = GrantLaw.USUAL;
    bothReleaseAndLater(leader);
    run();

    Grant grant = grants().getFirst();
    assertThat(grant.terms().most()).isEqualTo(7);
    assertThat(grant.terms().until()).isBeforeOrEqualTo(world.now.plus(Duration.ofHours(2)));
  }

  @Test
  void P11_whatThePolicyNoLongerAllowsIsNotGranted_andTheCardSaysSo() {
    world.chain = World.chain(2);
    CaseId leader = set();
    bothReleaseAndLater(leader);
    world.law = new GrantLaw("", Duration.ofHours(1), 10, false);
    run();

    assertThat(grants()).isEmpty();
    assertThat(later(leader))
        .isEqualTo("They are asked about. The policy allows no such grant any more.");
    assertThat(world.story).extracting(Story.Line::what).contains("campaign.later");
  }

  @Test
  void P3_P7_itIsSeenToOnceHoweverOftenItIsToldAndByHowMany() throws Exception {
    world.chain = World.chain(2);
    CaseId leader = set();
    bothReleaseAndLater(leader);
    seenToByEight(together(leader).campaign().id());
    run();

    assertThat(grants()).hasSize(1);
    assertThat(world.story).extracting(Story.Line::what).containsOnlyOnce("grant.begun");
  }

  @Test
  void P3_aLostWakeUpIsFoundByTheRollCall() {
    world.chain = World.chain(2);
    CaseId leader = set();
    bothReleaseAndLater(leader);
    table.clear();
    world.now = world.now.plus(Duration.ofMinutes(2));
    table.callTheRoll(world.now);
    run();

    assertThat(grants()).extracting(Grant::state).containsExactly(Grant.State.ACTIVE);
  }

  @Test
  void P3_aRequestIsMadeOnceHoweverOftenItIsTold() throws Exception {
    CaseId leader = set();
    vote(leader, "kim", RELEASE_AND_LATER);
    seenToByEight(together(leader).campaign().id());

    assertThat(grants()).hasSize(1);
    assertThat(world.story).extracting(Story.Line::what).containsOnlyOnce("grant.requested");
  }

  @Test
  void aRuleThatDiscardsIsStrongerThanWhatWasVotedFor() {
    world.chain = World.chain(2);
    CaseId leader = set();
    bothReleaseAndLater(leader);
    run();
    world.action = new Action.Discard();
    assertThat(comes("n1", "Hello")).isInstanceOf(Judgement.Reject.class);
  }
}
