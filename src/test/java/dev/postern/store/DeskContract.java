package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Judgement;
import dev.postern.approval.Outcome;
import dev.postern.approval.People;
import dev.postern.approval.Quarantine;
import dev.postern.approval.Received;
import dev.postern.approval.Refusal;
import dev.postern.policy.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the desk promises, on any store. */
abstract class DeskContract {
  World world;

  abstract Store.Access database();

  @BeforeEach
  void open() {
    world = new World(database(), new People().and("kim").and("noor").and("anna"), Dnses.NOTHING);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void inlineMessageThatIsAskedAboutBecomesOneCaseWithACardPerPlace() {
    CaseFile it = world.find(world.held("m1"));

    assertThat(it.state()).isEqualTo(CaseState.ASKING);
    assertThat(it.message().subject()).isEqualTo("Subject m1");
    assertThat(it.rawKept()).isTrue();
    assertThat(it.openStage().orElseThrow().approvers()).containsExactly("kim", "noor", "anna");
    assertThat(world.records.cards(it.id())).hasSize(2).allMatch(c -> c.token().isPresent());
    assertThat(world.records.raw(it.id()).orElseThrow().octets())
        .isEqualTo(World.raw("Subject m1").octets());
  }

  @Test
  void inlineMessageThatPassesOrIsRejectedLeavesNoRow() {
    world.action = new Action.Release();
    assertThat(world.desk.judge(world.message("m1"))).isInstanceOf(Judgement.Pass.class);
    world.action = new Action.Discard();
    assertThat(world.desk.judge(world.message("m2"))).isInstanceOf(Judgement.Reject.class);
    assertThat(world.records.count(Set.of(CaseState.values()))).isZero();
  }

  @Test
  void followingHoldIsExaminedAndRuledOnAfterItIsDurable() {
    Received received = world.desk.receive(world.hold("h1"));
    assertThat(world.find(received.caseId()).state()).isEqualTo(CaseState.RECEIVED);

    world.desk.examine(received.caseId());
    world.desk.examine(received.caseId());

    CaseFile it = world.find(received.caseId());
    assertThat(it.state()).isEqualTo(CaseState.ASKING);
    assertThat(it.digest()).isPresent();
    assertThat(it.evidence()).isPresent();
  }

  @Test
  void ruleThatReleasesAFollowingHoldDemandsTheEffect() {
    world.action = new Action.Release();
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);

    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
    assertThat(world.effects.carryOut(1)).isEmpty();
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P2_sameHoldFromManyThreadsAtOnceIsOneCase() throws Exception {
    List<Received> all = atOnce(40, _ -> world.desk.receive(world.hold("same")));

    assertThat(all.stream().map(Received::caseId).collect(Collectors.toSet())).hasSize(1);
    assertThat(all).filteredOn(r -> !r.duplicate()).hasSize(1);
    assertThat(world.records.count(Set.of(CaseState.values()))).isEqualTo(1);
  }

  @Test
  void P4_tenThousandRacersOnAQuorumOfOne_oneWins() throws Exception {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    List<Answer> answers =
        atOnce(
            10_000,
            n ->
                world.desk.click(
                    world.click(
                        List.of("kim", "noor").get(n % 2),
                        web,
                        n % 3 == 0 ? new Choice.Discard() : new Choice.ReleaseAll())));

    assertThat(answers).filteredOn(a -> a instanceof Answer.Decided).hasSize(1);
    assertThat(answers).filteredOn(a -> a instanceof Answer.Refused).hasSize(9_999);
    assertThat(world.find(id).votes()).hasSize(1);
    assertThat(world.records.token(world.tokens.open(web).orElseThrow()).orElseThrow().usesLeft())
        .isZero();
  }

  @Test
  void P4_racersOnTheCardsOfTwoSurfacesStillDecideOnce() throws Exception {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    String slack = world.token(id, World.SLACK);
    List<Answer> answers =
        atOnce(
            200,
            n ->
                n % 2 == 0
                    ? world.desk.click(world.click("kim", web, new Choice.ReleaseAll()))
                    : world.desk.click(onSlack("s" + n, "Unoor", slack, "C1")));

    assertThat(answers).filteredOn(a -> a instanceof Answer.Decided).hasSize(1);
  }

  private static Click onSlack(String event, String user, String token, String channel) {
    return new Click(
        event,
        "slack",
        new Identity("slack", "T1", user),
        token,
        channel,
        new Choice.ReleaseAll(),
        "because");
  }

  @Test
  void P5_voteWithoutTheRightLeavesTheTokenUntouched() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);

    Answer answer = world.desk.click(world.click("mallory", web, new Choice.ReleaseAll()));

    assertRefused(answer, Refusal.NOT_ALLOWED);
    assertThat(world.records.tokenAt(id, CardPlace.WEB).orElseThrow().usesLeft()).isEqualTo(1);
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P5_tokenOfAnotherCardOrPlaceNeverActs() {
    CaseId id = world.held("m1");
    String slack = world.token(id, World.SLACK);

    assertRefused(
        world.desk.click(world.click("kim", slack, new Choice.ReleaseAll())), Refusal.WRONG_PLACE);
    assertRefused(world.desk.click(onSlack("s1", "Ukim", slack, "C-copied")), Refusal.WRONG_PLACE);
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
  }

  @Test
  void P5_forgedTokenNeverActs() {
    CaseId id = world.held("m1");
    String token = world.token(id, CardPlace.WEB);
    char last = token.charAt(token.length() - 1);
    String forged = token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');

    assertRefused(
        world.desk.click(world.click("kim", forged, new Choice.ReleaseAll())), Refusal.FORGED);
    assertRefused(
        world.desk.click(world.click("kim", "nonsense", new Choice.ReleaseAll())), Refusal.FORGED);
  }

  @Test
  void P5_tokenPastItsTimeNeverActs() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    world.now = world.now.plus(Duration.ofHours(4));

    assertRefused(
        world.desk.click(world.click("kim", web, new Choice.ReleaseAll())), Refusal.EXPIRED);
  }

  @Test
  void P5_usedTokenIsRefusedAndSaysWhoDecided() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    world.release(id, "kim");

    Answer again = world.desk.click(world.click("noor", web, new Choice.Discard()));

    assertRefused(again, Refusal.TOKEN_USED);
    assertThat(((Answer.Refused) again).detail()).isEqualTo("The kim");
  }

  @Test
  void P6_onePersonCountsOnceAndRecipientsNever() {
    world.chain = World.chain(2);
    CaseId id = world.held("m1");

    assertThat(world.release(id, "kim")).isEqualTo(new Answer.Counted(id, 1));
    assertRefused(
        world.desk.click(onSlack("s1", "Ukim", world.token(id, World.SLACK), "C1")),
        Refusal.VOTED_ALREADY);
    assertRefused(world.release(id, "anna"), Refusal.OWN_MESSAGE);
    assertThat(world.release(id, "noor")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void sameEventAgainGetsTheSameAnswerAndOneVote() {
    world.chain = World.chain(2);
    CaseId id = world.held("m1");
    Click click = world.click("kim", world.token(id, CardPlace.WEB), new Choice.ReleaseAll());

    assertThat(world.desk.click(click)).isEqualTo(world.desk.click(click));
    assertThat(world.find(id).votes()).hasSize(1);
  }

  @Test
  void eventThatComesAgainWithOtherContentIsRefused() {
    Click first =
        world.click("kim", world.token(world.held("m1"), CardPlace.WEB), new Choice.ReleaseAll());
    CaseId other = world.held("m2");
    Click second =
        new Click(
            first.eventId(),
            "web",
            first.who(),
            world.token(other, CardPlace.WEB),
            "",
            first.choice(),
            "");
    world.desk.click(first);

    assertRefused(world.desk.click(second), Refusal.FORGED);
    assertThat(world.find(other).state()).isEqualTo(CaseState.ASKING);
  }

  @Test
  void votesForDifferentChoicesDoNotAddUp_andOneDiscardEndsTheStage() {
    world.chain = World.chain(2);
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    Choice toBo = new Choice.ReleaseTo(List.of(World.address("bo@corp.example")));

    assertThat(world.release(id, "kim")).isEqualTo(new Answer.Counted(id, 1));
    assertThat(world.desk.click(world.click("noor", web, toBo)))
        .isEqualTo(new Answer.Counted(id, 1));

    CaseId other = world.held("m2");
    String otherWeb = world.token(other, CardPlace.WEB);
    assertThat(world.desk.click(world.click("kim", otherWeb, new Choice.Discard())))
        .isEqualTo(new Answer.Decided(other, new Choice.Discard()));
  }

  @Test
  void discardWithoutTheReasonThatTheStageWantsIsRefusedAndSpendsNothing() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    Click bare =
        new Click("x", "web", Identity.ofPostern("kim"), web, "", new Choice.Discard(), " ");

    assertRefused(world.desk.click(bare), Refusal.REASON_NEEDED);
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void releaseToSomebodyWhoIsNoRecipientIsRefused() {
    CaseId id = world.held("m1");
    Choice elsewhere = new Choice.ReleaseTo(List.of(World.address("eve@evil.example")));

    assertRefused(
        world.desk.click(world.click("kim", world.token(id, CardPlace.WEB), elsewhere)),
        Refusal.WRONG_RECIPIENTS);
  }

  @Test
  void P7_theMailSystemSeesADecisionOnce() throws Exception {
    CaseId id = world.held("m1");
    world.release(id, "kim");

    atOnce(20, _ -> world.effects.carryOut(1));
    world.effects.carryOut(1);

    assertThat(world.quarantine.calls).hasSize(1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P7_effectInterruptedByACrashIsLookedUpNotRepeated() {
    CaseId id = world.held("m1");
    world.release(id, "kim");
    world.quarantine.meanwhile =
        () -> {
          throw new IllegalStateException("the process dies here");
        };
    assertThat(failsOn(() -> world.effects.carryOut(1))).isTrue();
    world.quarantine.meanwhile = () -> {};
    world.quarantine.stands = Quarantine.Standing.UNKNOWN;

    world.effects.carryOut(1);

    assertThat(world.quarantine.calls).hasSize(1);
    CaseFile it = world.find(id);
    assertThat(it.state()).isEqualTo(CaseState.FAILED);
    assertThat(it.trouble()).contains("may have been delivered");
    assertThat(it.openStage()).as("people are asked again").isPresent();
  }

  private static boolean failsOn(Callable<?> work) {
    try {
      work.call();
      return false;
    } catch (Exception expected) {
      return true;
    }
  }

  @Test
  void P9_refusalByTheMailSystemKeepsTheMessageHeldAndAsksAgain() {
    CaseId id = world.held("m1");
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.release(id, "kim");
    world.effects.carryOut(1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
    assertThat(world.records.raw(id)).isPresent();

    world.quarantine.says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    assertThat(world.release(id, "noor")).isInstanceOf(Answer.Decided.class);
    world.effects.carryOut(2);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P9_temporaryTroubleIsTriedAgainLaterAndNobodyGetsItTwice() {
    CaseId id = world.held("m1");
    world.quarantine.says = Outcome.Kind.TEMP_FAIL;
    world.release(id, "kim");

    assertThat(world.effects.carryOut(1)).contains(Duration.ofSeconds(10));
    assertThat(world.find(id).trouble()).contains("Next try at 2026-11-24T07:00:10Z");
    world.quarantine.says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    assertThat(world.effects.carryOut(1)).isEmpty();

    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(world.quarantine.calls).hasSize(2);
  }

  @Test
  void P9_silenceKeepsTheMailHeld() {
    CaseId id = world.held("m1");
    long stage = world.find(id).openStage().orElseThrow().id();
    world.desk.timeUp(stage);
    assertThat(world.find(id).state()).as("too early").isEqualTo(CaseState.ASKING);

    world.now = world.now.plus(Duration.ofHours(4));
    world.desk.timeUp(stage);

    CaseFile it = world.find(id);
    assertThat(it.state()).isEqualTo(CaseState.EXPIRED);
    assertThat(it.state().held()).isTrue();
    assertThat(world.records.raw(id)).isPresent();
    assertThat(world.records.cards(id)).allMatch(c -> c.token().isEmpty());
    assertThat(world.quarantine.calls).isEmpty();
  }

  @Test
  void cardsFallBehindWithEveryChange() {
    CaseId id = world.held("m1");
    int before = world.records.cards(id).getFirst().desired();
    world.release(id, "kim");
    assertThat(world.records.cards(id)).allMatch(c -> c.desired() > before);
  }

  @Test
  void storyOfAMessageIsTenLinesAtMost() {
    CaseId id = world.held("m1");
    world.release(id, "kim");
    world.effects.carryOut(1);

    assertThat(world.story.stream().map(Story.Line::what))
        .containsExactly(
            "case.received",
            "case.examined",
            "case.ruled",
            "stage.opened",
            "vote.cast",
            "case.decided",
            "effect.intended",
            "effect.proved");
    assertThat(world.records.history(id)).hasSize(8);
  }

  @Test
  void casesAreListedSearchedAndPaged() {
    List<CaseId> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      world.now = world.now.plusSeconds(1);
      ids.add(world.held("m" + i));
    }
    var first = world.records.list(query("", Optional.empty(), 2));
    assertThat(first).extracting(CaseFile::id).containsExactly(ids.get(4), ids.get(3));
    var second = world.records.list(query("", Optional.of(ids.get(3)), 2));
    assertThat(second).extracting(CaseFile::id).containsExactly(ids.get(2), ids.get(1));
    assertThat(world.records.list(query("subject M3", Optional.empty(), 9)))
        .extracting(CaseFile::id)
        .containsExactly(ids.get(3));
    assertThat(world.records.list(query("100%", Optional.empty(), 9))).isEmpty();
  }

  private static CaseBook.Query query(String text, Optional<CaseId> after, int limit) {
    return new CaseBook.Query(Set.of(CaseState.ASKING), text, after, limit);
  }

  @Test
  void retryAfterAPartialDeliveryReachesOnlyThoseWhoLackIt() {
    CaseId id = world.held("m1");
    world.quarantine.refuses = "bo@corp.example";
    world.quarantine.says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    world.release(id, "kim");
    for (int i = 0; i < 12; i++) {
      world.effects.carryOut(1);
    }
    assertThat(world.find(id).state()).as("gave up on one").isEqualTo(CaseState.FAILED);

    world.quarantine.refuses = "";
    world.release(id, "noor");
    world.effects.carryOut(2);

    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(world.quarantine.calls.getLast()).contains("[bo@corp.example]");
    assertThat(world.quarantine.calls.stream().filter(c -> c.contains("anna"))).hasSize(1);
  }

  static void assertRefused(Answer answer, Refusal why) {
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    assertThat(((Answer.Refused) answer).why()).isEqualTo(why);
  }

  /** Runs the same thing on as many threads at once, with their number. */
  interface Numbered<T> {
    T run(int number) throws Exception;
  }

  static <T> List<T> atOnce(int threads, Numbered<T> work) throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        futures.add(pool.submit(() -> work.run(number)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
