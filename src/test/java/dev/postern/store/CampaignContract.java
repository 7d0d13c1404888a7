package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.Campaign;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.HandOver;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.approval.Together;
import dev.postern.evidence.Digest;
import dev.postern.policy.Grouping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is promised of messages of one kind that are decided together, on any store. */
abstract class CampaignContract extends OnACampaign {
  @Test
  void messagesOfOneKindAreOneCard() {
    List<CaseId> all = held(40);
    assertThat(cases().stream().filter(CaseFile::asking)).as("asked about").hasSize(1);
    gathered();

    Together set = together(all.getFirst());
    assertThat(set.leader()).isEqualTo(all.getFirst());
    assertThat(set.set().stream().map(Together.Kin::id)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(together(all.get(7)).leader()).as("from any of them").isEqualTo(all.getFirst());
    assertThat(world.records.cards(all.get(7))).as("cards of a member").isEmpty();
  }

  @Test
  void whatKindAMessageIsIsFoundOutOnlyWhereOthersMayJoin() {
    CaseId joinable = held("m1", "Hello", "u1@corp.example");
    world.grouping = Grouping.OFF;
    CaseId alone = held("m2", "Hello", "u2@corp.example");

    assertThat(kindKept(joinable)).isTrue();
    assertThat(kindKept(alone)).isFalse();
  }

  private boolean kindKept(CaseId id) {
    return world.records.change(id, (tx, it) -> tx.campaigns().fingerprint().isPresent());
  }

  @Test
  void whatAnothersCardAsksAboutIsListedWithItAndNotBesideIt() {
    List<CaseId> all = held(3);
    gathered();
    CaseBook.Query waiting =
        new CaseBook.Query(Set.of(CaseState.ASKING), "", Optional.empty(), 200, false);

    assertThat(world.records.list(waiting))
        .extracting(CaseFile::id)
        .containsExactly(all.getFirst());
    assertThat(world.records.joined()).isEqualTo(2);
    assertThat(world.records.leaderOf(all.get(1))).contains(all.getFirst());
    assertThat(world.records.leaderOf(all.getFirst())).isEmpty();

    world.release(all.getFirst(), "kim");
    run();
    run();
    assertThat(world.records.joined()).isZero();
    assertThat(world.records.leaderOf(all.get(1))).as("for readers later").contains(all.getFirst());
  }

  @Test
  void anythingElseIsAskedAboutOnItsOwn() {
    CaseId first = held("m1", "Hello", "u1@corp.example");
    CaseId other = held("m2", "Hello, and more", "u2@corp.example");
    CaseId same = held("m3", "Hello", "u3@corp.example");
    gathered();
    assertThat(world.find(other).asking()).isTrue();
    assertThat(world.find(same).asking()).isFalse();
    assertThat(together(first).size()).isEqualTo(2);
  }

  @Test
  void nothingIsDecidedTogetherWhereThePolicySaysNothing() {
    world.grouping = Grouping.OFF;
    held(3);
    assertThat(cases().stream().filter(CaseFile::asking)).hasSize(3);
  }

  @Test
  void P7_oneVoteDecidesEachOfTheSetOnce() {
    List<CaseId> all = held(12);
    gathered();
    assertThat(world.release(all.getFirst(), "kim")).isInstanceOf(Answer.Decided.class);
    run();
    run();
    assertThat(cases().stream().map(CaseFile::state)).containsOnly(CaseState.DONE);
    assertThat(world.quarantine.calls).as("one call for each").hasSize(12);
    Decision decision = world.find(all.get(5)).decision().orElseThrow();
    assertThat(decision.by()).isEqualTo(Decision.By.PEOPLE);
    assertThat(decision.because()).isEqualTo("The kim");
    assertThat(log(all.get(5))).contains("case.decided choice=release with=" + all.getFirst());
  }

  @Test
  void P11_aTokenOfASmallerSetDecidesNothing() {
    List<CaseId> all = held(2);
    String alone = world.token(all.getFirst(), CardPlace.WEB);
    gathered();
    String two = world.token(all.getFirst(), CardPlace.WEB);
    all.add(held("late", "Hello", "late@corp.example"));
    gathered();

    assertRefused(world.desk.click(world.click("kim", alone, RELEASE)), Refusal.SET_CHANGED);
    assertRefused(world.desk.click(world.click("kim", two, RELEASE)), Refusal.SET_CHANGED);
    run();
    assertThat(world.quarantine.calls).isEmpty();
    assertThat(world.release(all.getFirst(), "kim")).isInstanceOf(Answer.Decided.class);
    run();
    run();
    assertThat(world.quarantine.calls).hasSize(3);
  }

  @Test
  void P11_whoComesAfterTheFirstVoteIsAskedAboutNext() {
    world.chain = World.chain(2);
    List<CaseId> all = held(3);
    gathered();
    world.release(all.getFirst(), "kim");
    CaseId late = held("late", "Hello", "late@corp.example");
    CaseId later = held("later", "Hello", "later@corp.example");
    gathered();
    assertThat(together(late).set().stream().map(Together.Kin::id))
        .containsExactlyInAnyOrder(late, later);

    world.release(all.getFirst(), "noor");
    run();
    run();
    assertThat(world.quarantine.calls).hasSize(3);
    assertThat(world.find(late).asking()).isTrue();
  }

  @Test
  void P11_whoHadNotGatheredAtTheFirstVoteIsAskedAboutNext() {
    List<CaseId> all = held(3);
    world.release(all.getFirst(), "kim");
    run();
    assertThat(world.find(all.getFirst()).state()).isEqualTo(CaseState.DONE);
    gathered();
    CaseId next = all.stream().filter(id -> world.find(id).asking()).findFirst().orElseThrow();
    assertThat(together(next).size()).isEqualTo(2);
    assertThat(world.quarantine.calls).hasSize(1);
  }

  @Test
  void aMessageThatIsTakenOutIsAskedAboutAlone_andVotesOnTheOthersStand() {
    world.chain = World.chain(2);
    List<CaseId> all = held(4);
    gathered();
    world.release(all.getFirst(), "kim");
    String before = world.token(all.getFirst(), CardPlace.WEB);
    CaseId odd = all.get(2);

    assertThat(world.campaigns.apart(odd, Identity.ofPostern("noor")))
        .isInstanceOf(Answer.Noted.class);
    run();
    assertThat(world.find(odd).asking()).as("on its own card").isTrue();
    assertThat(together(all.getFirst()).size()).isEqualTo(3);
    assertRefused(world.desk.click(world.click("noor", before, RELEASE)), Refusal.SET_CHANGED);
    assertThat(world.release(all.getFirst(), "noor")).isInstanceOf(Answer.Decided.class);
    run();
    run();
    assertThat(world.quarantine.calls).hasSize(3);
    assertThat(world.find(odd).state()).isEqualTo(CaseState.ASKING);
    assertThat(held("more", "Hello", "more@corp.example")).isNotNull();
    gathered();
    assertThat(together(odd).place()).isEqualTo(Campaign.Place.APART);
  }

  @Test
  void P6_onlyWhoMayDecideTakesAMessageOut() {
    List<CaseId> all = held(2);
    gathered();
    people.and("stranger", "others");
    assertRefused(
        world.campaigns.apart(all.get(1), Identity.ofPostern("stranger")), Refusal.NOT_ALLOWED);
    assertThat(together(all.getFirst()).size()).isEqualTo(2);
    assertRefused(
        world.campaigns.apart(held("x", "Else", "x@corp.example"), Identity.ofPostern("kim")),
        Refusal.NOT_TOGETHER);
  }

  @Test
  void theFirstOneCanBeTakenOut_too() {
    List<CaseId> all = held(3);
    gathered();
    world.campaigns.apart(all.getFirst(), Identity.ofPostern("kim"));
    run();
    gathered();
    world.release(all.getFirst(), "kim");
    run();
    run();
    assertThat(world.quarantine.calls).as("the first alone").hasSize(1);
    CaseId next = all.stream().filter(id -> world.find(id).asking()).findFirst().orElseThrow();
    assertThat(together(next).size()).isEqualTo(2);
  }

  /** Kim is a recipient of one of them: no vote of hers decides on it, in company neither. */
  @Test
  void P6_nobodyDecidesOnTheirOwnMailAmongOthers() {
    held(3);
    CaseId own = held("own", "Hello", "kim@corp.example");
    assertThat(world.find(own).asking()).as("asked about on its own").isTrue();
    assertThat(world.find(own).openStage().orElseThrow().approvers()).doesNotContain("kim");
  }

  /** Lee takes a place in the stage after Lee's own message has joined. */
  @Test
  void P6_whoTookAPlaceLaterDecidesNothingOfTheirOwn() {
    world.chain = World.chain(2);
    people.and("lee", "others");
    List<CaseId> all = held(2);
    CaseId own = held("own", "Hello", "lee@corp.example");
    gathered();
    world.records.change(
        all.getFirst(),
        (tx, it) -> {
          tx.handOver(
              it.openStage().orElseThrow(),
              new HandOver(
                  it.openStage().orElseThrow().id(),
                  new HandOver.Party("noor", "Noor"),
                  new HandOver.Party("lee", "Lee"),
                  "",
                  world.now,
                  Optional.empty(),
                  Optional.empty()));
          return null;
        });
    world.release(all.getFirst(), "kim");
    world.release(all.getFirst(), "lee");
    run();
    run();
    assertThat(world.find(all.get(1)).state()).isEqualTo(CaseState.DONE);
    assertThat(world.find(own).asking()).as("asked about anew").isTrue();
    assertThat(world.quarantine.calls).hasSize(2);
  }

  @Test
  void P11_aMemberThatIsNotWhatItWasIsNotDecided() {
    List<CaseId> all = held(3);
    gathered();
    world.records.change(
        all.get(1),
        (tx, it) -> {
          tx.keepEvidence(
              it.evidence().orElseThrow(), Digest.of("something else"), it.context().orElseThrow());
          return null;
        });
    world.release(all.getFirst(), "kim");
    run();
    run();
    assertThat(world.find(all.get(1)).asking()).as("asked about anew").isTrue();
    assertThat(world.find(all.get(2)).state()).isEqualTo(CaseState.DONE);
    assertThat(world.quarantine.calls).hasSize(2);
  }

  @Test
  void P7_aMemberThatIsGoneIsNotDecided_andCountedNoLonger() {
    List<CaseId> all = held(4);
    gathered();
    world.desk.gone(world.find(all.get(1)).hold());
    gathered();
    assertThat(together(all.getFirst()).size()).isEqualTo(3);
    world.release(all.getFirst(), "kim");
    run();
    run();
    assertThat(world.find(all.get(1)).state()).isEqualTo(CaseState.WITHDRAWN);
    assertThat(world.quarantine.calls).hasSize(3);
  }

  @Test
  void whereTheFirstOneIsGone_theOthersHaveAnotherFirst() {
    List<CaseId> all = held(4);
    gathered();
    world.desk.gone(world.find(all.getFirst()).hold());
    run();
    gathered();
    CaseId next = all.stream().filter(id -> world.find(id).asking()).findFirst().orElseThrow();
    assertThat(together(next).size()).isEqualTo(3);
    world.act(next, "kim", DISCARD);
    run();
    run();
    assertThat(world.quarantine.calls).hasSize(3).allMatch(call -> call.startsWith("discard"));
  }

  @Test
  void P9_silenceKeepsAllOfThem() {
    List<CaseId> all = held(3);
    gathered();
    world.now = world.find(all.getFirst()).openStage().orElseThrow().closes();
    run();
    run();
    assertThat(cases().stream().map(CaseFile::state)).containsOnly(CaseState.EXPIRED);
    assertThat(world.find(all.get(2)).trouble()).contains(all.getFirst().text());
    assertThat(world.quarantine.calls).isEmpty();
  }

  @Test
  void aSetIsRemovedWithItsCases() {
    held(3);
    CaseId first = cases().stream().filter(CaseFile::asking).findFirst().orElseThrow().id();
    gathered();
    world.release(first, "kim");
    run();
    run();
    world.now = world.now.plus(Duration.ofDays(400));
    Duration year = Duration.ofDays(365);
    Retention.Terms terms = new Retention.Terms(year, year, year);
    try (Retention retention = world.store().retention(terms, () -> world.now)) {
      assertThat(retention.sweep().cases()).isEqualTo(3);
    }
    assertThat(cases()).isEmpty();
  }

  @Test
  void aSetIsReleasedToEverybodyOrNotAtAll() {
    List<CaseId> all = held(2);
    gathered();
    Choice some = new Choice.ReleaseTo(world.find(all.getFirst()).envelope().recipients());
    assertRefused(world.act(all.getFirst(), "kim", some), Refusal.WHOLE_SET);
  }

  @Test
  void P16_asManyAsThePolicyLets_andNobodyAfterTheWindow() {
    world.grouping = new Grouping(true, Duration.ofMinutes(10), Duration.ofSeconds(20), 3);
    List<CaseId> all = held(5);
    gathered();
    assertThat(together(all.getFirst()).size()).isEqualTo(3);
    assertThat(cases().stream().filter(CaseFile::asking)).as("and two alone").hasSize(3);

    world.now = world.now.plus(Duration.ofMinutes(11));
    CaseId later = held("later", "Hello", "later@corp.example");
    assertThat(world.find(later).asking()).isTrue();
    CaseId last = held("last", "Hello", "last@corp.example");
    assertThat(together(last).leader()).isEqualTo(later);
  }

  private List<String> log(CaseId id) {
    return world.records.history(id).stream()
        .map(line -> line.what() + " " + line.detail())
        .toList();
  }
}
