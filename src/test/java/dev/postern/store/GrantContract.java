package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Grant;
import dev.postern.approval.GrantBook;
import dev.postern.approval.Identity;
import dev.postern.approval.Judgement;
import dev.postern.approval.Person;
import dev.postern.approval.Petition;
import dev.postern.approval.Petitions;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.approval.Wish;
import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Dns;
import dev.postern.policy.APlan;
import dev.postern.policy.Action;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.Granted;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exceptions from the rules: asked for, decided about, counted and ended, on any store. */
abstract class GrantContract extends OnAWorld {
  private static final Dns ZONE =
      ZoneDns.read(
          new ByteArrayInputStream(
              """
              evil.example:
                TXT: ["v=spf1 ip4:192.0.2.1 -all"]
              _dmarc.evil.example:
                TXT: ["v=DMARC1; p=reject"]
              """
                  .getBytes(StandardCharsets.UTF_8)));

  /** Whether DNS proves mail of evil.example. */
  private volatile boolean proves = true;

  private int effects;

  @BeforeEach
  void withDns() {
    world.close();
    world =
        new World(
            database(),
            people,
            (name, type, timeout) ->
                proves
                    ? ZONE.query(name, type, timeout)
                    : dev.postern.evidence.Answer.without(Status.NXDOMAIN, 60));
  }

  private Person person(String id) {
    return people.person(Identity.ofPostern(id)).orElseThrow();
  }

  private static Wish wish(Kind kind, String from) {
    return new Wish(
        kind,
        from,
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        "a tender, due today",
        Optional.empty());
  }

  private static Wish most(int most) {
    return new Wish(
        Kind.ALLOW,
        "evil.example",
        "",
        Optional.empty(),
        Optional.of(most),
        false,
        "at most " + most,
        Optional.empty());
  }

  private Grant asked(Wish wish) {
    return ((Petitions.Asked) world.petitions.ask(person("kim"), wish)).grant();
  }

  private Grant granted(Wish wish) {
    Grant grant = asked(wish);
    assertThat(world.release(grant.caseId(), "noor")).isInstanceOf(Answer.Decided.class);
    world.settle(++effects);
    return find(grant);
  }

  private Grant find(Grant grant) {
    return book().find(grant.id()).orElseThrow();
  }

  private GrantBook book() {
    return world.records.grants();
  }

  private List<String> told(String what) {
    return world.story.stream().map(Story.Line::what).filter(what::equals).toList();
  }

  private boolean passes(String message) {
    return world.desk.judge(world.message(message)) instanceof Judgement.Pass;
  }

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
    world.settle(++effects);

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
    world.settle(++effects);

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
  void P7_aRequestThatWasTakenBackMeanwhileDoesNotBegin() {
    Grant grant = asked(wish(Kind.ALLOW, "evil.example"));
    world.release(grant.caseId(), "noor");
    world.petitions.revoke(person("kim"), grant.id());
    world.settle(++effects);

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
    world.settle(++effects);

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
  void aBlockDiscardsWhatARuleWouldReleaseOrAskAbout() {
    granted(wish(Kind.BLOCK, "eve@evil.example"));
    assertThat(world.desk.judge(world.message("m1"))).isInstanceOf(Judgement.Reject.class);
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

  @Test
  void aRequestIsNoMailOfASender() {
    asked(wish(Kind.ALLOW, "evil.example"));
    world.held("m1");

    assertThat(world.ruledOn.orElseThrow().context().domain().seen()).isZero();
    assertThat(world.records.undecided("smtp")).hasSize(1);
  }
}
