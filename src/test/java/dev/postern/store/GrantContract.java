package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Grant;
import dev.postern.approval.Petition;
import dev.postern.approval.Petitions;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.approval.Wish;
import dev.postern.policy.APlan;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Exceptions from the rules: asked for, decided about, listed and taken back, on any store. */
abstract class GrantContract extends OnGrants {
  @Test
  void aRequestIsACaseWhichPeopleDecideAbout() {
    Grant grant = asked(wish(Kind.ALLOW, " Evil.Example "));

    assertThat(grant.state()).isEqualTo(Grant.State.REQUESTED);
    assertThat(grant.terms().from().text()).isEqualTo("evil.example");
    assertThat(grant.terms().until()).isEqualTo(world.now.plus(Duration.ofHours(24)));
    assertThat(grant.terms().most()).isEqualTo(100);
    CaseFile it = world.find(grant.caseId());
    assertThat(it.state()).isEqualTo(CaseState.ASKING);
    assertThat(it.petition()).contains(grant.petition());
    assertThat(passes("m0")).as("not before it is approved").isFalse();

    Answer approved = world.release(it.id(), "noor");
    carryOut();

    assertThat(approved).isInstanceOf(Answer.Decided.class);
    assertThat(world.find(it.id()).state()).isEqualTo(CaseState.DONE);
    assertThat(find(grant).state()).isEqualTo(Grant.State.ACTIVE);
    assertThat(world.quarantine.calls).as("no mail system is told").isEmpty();
    assertThat(passes("m1")).isTrue();
    assertThat(find(grant).used()).isEqualTo(1);
  }

  @Test
  void aRequestThatPeopleRefuseLetsNothingPass() {
    Grant grant = asked(wish(Kind.ALLOW, "evil.example"));
    world.act(grant.caseId(), "noor", new Choice.Discard());
    carryOut();

    assertThat(find(grant).state()).isEqualTo(Grant.State.REFUSED);
    assertThat(world.find(grant.caseId()).state()).isEqualTo(CaseState.DONE);
    assertThat(passes("m1")).isFalse();
  }

  @Test
  void P6_whoAsksHasNoSayUnlessThePolicyLetsThem() {
    Grant grant = asked(wish(Kind.ALLOW, "evil.example"));
    assertRefused(world.release(grant.caseId(), "kim"), Refusal.OWN_MESSAGE);
    assertThat(find(grant).state()).isEqualTo(Grant.State.REQUESTED);

    world.law = new GrantLaw("", Duration.ofDays(30), 1000, true);
    Grant own = asked(wish(Kind.ALLOW, "other.example"));
    assertThat(world.release(own.caseId(), "kim")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void aRequestThatNobodyElseCouldDecideIsNotMade() {
    world.chain = APlan.of("Kim alone", "kim").chain("kim");

    var answer =
        (Petitions.Refused) world.petitions.ask(person("kim"), wish(Kind.ALLOW, "a.example"));

    assertThat(answer.words()).contains("chain kim", "own-requests: true");
    assertThat(world.records.grants().list(false, Optional.empty(), Optional.empty(), 10))
        .isEmpty();
  }

  @Test
  void whatIsWrongOfAWishIsNamed() {
    assertThat(field(wish(Kind.ALLOW, "no domain"))).isEqualTo("from");
    assertThat(field(wish(Kind.ALLOW, "example"))).as("a whole top level").isEqualTo("from");
    assertThat(
            field(
                new Wish(
                    Kind.BLOCK,
                    "a.example",
                    "?",
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    "x",
                    Optional.empty())))
        .isEqualTo("to");
    Instant late = world.now.plus(Duration.ofDays(31));
    assertThat(
            field(
                new Wish(
                    Kind.BLOCK,
                    "a.example",
                    "",
                    Optional.of(late),
                    Optional.empty(),
                    false,
                    "x",
                    Optional.empty())))
        .isEqualTo("until");
    assertThat(field(most(1001))).isEqualTo("most");
    assertThat(field(most(0))).isEqualTo("most");
    assertThat(
            field(
                new Wish(
                    Kind.BLOCK,
                    "a.example",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    " \u202e",
                    Optional.empty())))
        .isEqualTo("reason");
  }

  private String field(Wish wish) {
    return ((Petitions.Refused) world.petitions.ask(person("kim"), wish)).field();
  }

  @Test
  void P2_theSameAskedForTwiceAtOnceIsOneGrantAndOneCase() throws Exception {
    List<Petitions.Answer> answers =
        atOnce(8, _ -> world.petitions.ask(person("kim"), wish(Kind.ALLOW, "evil.example")));

    assertThat(answers.stream().map(it -> ((Petitions.Asked) it).grant().caseId()).distinct())
        .hasSize(1);
    assertThat(told("grant.requested")).hasSize(1);
  }

  @Test
  void P7_aRequestThatWasTakenBackMeanwhileDoesNotBegin() {
    Grant grant = asked(wish(Kind.ALLOW, "evil.example"));
    world.release(grant.caseId(), "noor");
    world.petitions.revoke(person("kim"), grant.id());
    carryOut();

    assertThat(find(grant).state()).isEqualTo(Grant.State.REVOKED);
    assertThat(world.find(grant.caseId()).state()).isEqualTo(CaseState.WITHDRAWN);
    assertThat(passes("m1")).isFalse();
  }

  @Test
  void P7_twoWhoApproveAtOnceBeginOneGrantOnce() throws Exception {
    people.and("ola");
    Grant grant = asked(wish(Kind.ALLOW, "evil.example"));
    String token = world.token(grant.caseId(), CardPlace.WEB);

    List<Answer> answers =
        atOnce(
            2,
            n ->
                world.desk.click(
                    world.click(List.of("noor", "ola").get(n), token, new Choice.ReleaseAll())));
    carryOut();

    assertThat(answers).filteredOn(Answer.Decided.class::isInstance).hasSize(1);
    assertThat(find(grant).state()).isEqualTo(Grant.State.ACTIVE);
  }

  @Test
  void P11_votesCountForTheTermsOnTheCard() {
    Grant grant = asked(most(7));
    CaseFile it = world.find(grant.caseId());

    assertThat(it.evidence().flatMap(Petition::of).orElseThrow().id()).isEqualTo(grant.id());
    world.release(it.id(), "noor");
    assertThat(world.find(it.id()).votes().getFirst().digest())
        .isEqualTo(it.digest().orElseThrow());
    assertThat(asked(most(8)).id()).as("other terms are another grant").isNotEqualTo(grant.id());
  }

  @Test
  void P9_aRequestThatNobodyDecidesLapses() {
    Grant grant = asked(wish(Kind.ALLOW, "evil.example"));
    Stage stage = world.find(grant.caseId()).openStage().orElseThrow();
    world.now = stage.closes();
    world.desk.timeUp(stage.id());

    assertThat(find(grant).state()).isEqualTo(Grant.State.LAPSED);
    world.now = grant.terms().until();
    world.petitions.look(grant.id());

    assertThat(find(grant).state()).isEqualTo(Grant.State.LAPSED);
    assertThat(world.find(grant.caseId()).state()).isEqualTo(CaseState.WITHDRAWN);
  }

  @Test
  void whoMayNotApproveSeesAndEndsOwnOnesOnly() {
    people.and("pat", "others");
    Grant grant = granted(wish(Kind.ALLOW, "evil.example"));

    assertThat(world.petitions.list(person("pat"), false, Optional.empty(), 10)).isEmpty();
    assertThat(world.petitions.find(person("pat"), grant.id())).isEmpty();
    assertThat(world.petitions.revoke(person("pat"), grant.id()))
        .isEqualTo(Petitions.Ending.NOT_ALLOWED);
    assertThat(world.petitions.list(person("noor"), true, Optional.empty(), 10))
        .extracting(Grant::id)
        .containsExactly(grant.id());
    assertThat(world.petitions.revoke(person("kim"), new GrantId("PG-0000-0000")))
        .isEqualTo(Petitions.Ending.UNKNOWN);
  }
}
