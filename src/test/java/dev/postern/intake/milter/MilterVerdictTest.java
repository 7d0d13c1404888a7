package dev.postern.intake.milter;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.fake.Pause;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Network;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What an MTA is told when a message ends. */
class MilterVerdictTest {
  private static final String FROM = "ben@partner.example";
  private static final String TO = "ap@corp.example";
  private static final UnaryOperator<MilterSettings> USUAL = UnaryOperator.identity();

  /** What a usual message is answered with. */
  private static List<AnMta.Answer> told(
      UnaryOperator<MilterSettings> settings, Function<Message, Judgement> judge)
      throws IOException {
    try (Milters milter = Milters.judging(settings, judge);
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      return mta.envelope("4jYM1", FROM, TO).field("From", " x").body("hello\r\n").end();
    }
  }

  private static UnaryOperator<MilterSettings> onTrouble(MilterSettings.OnTrouble what) {
    return it -> Milters.onTrouble(it, what);
  }

  private static AnMta.Answer answer(char command, String... texts) {
    return new AnMta.Answer(command, String.join("\0", texts) + "\0");
  }

  private static final AnMta.Answer GO_ON = new AnMta.Answer('c', "");
  private static final AnMta.Answer LATER =
      answer('y', "451 4.7.1 cannot be looked at now, try again later");

  @Test
  void whatPassesGetsResultsOnTopInTheNameOfTheMta() throws IOException {
    List<AnMta.Answer> told = told(USUAL, _ -> Milters.pass());

    assertThat(told).hasSize(2).last().isEqualTo(GO_ON);
    assertThat(told.getFirst().command()).isEqualTo('i');
    assertThat(told.getFirst().data())
        .startsWith("\0\0\0\0Authentication-Results\0 mx.corp.example;\n spf=pass")
        .contains("dkim=pass")
        .doesNotContain("\r")
        .endsWith("\0");
  }

  @Test
  void aRejectIsAnsweredInTheWordsOfTheRuleAndStaysOneLine() throws IOException {
    assertThat(told(USUAL, _ -> Milters.reject("100% a lie\r\n250 Ok \u2014")))
        .containsExactly(answer('y', "550 5.7.1 100%% a lie  250 Ok ?"));
  }

  @Test
  void P1_whatIsHeldIsQuarantinedWithItsCaseInReasonAndFieldAfterItIsDurable() throws IOException {
    List<AnMta.Answer> told = told(USUAL, _ -> Milters.held());

    assertThat(told).extracting(AnMta.Answer::command).containsExactly('i', 'i', 'q', 'c');
    assertThat(told.get(0).data()).isEqualTo("\0\0\0\0X-Postern-Case\0 PN-7F3K-2QXD\0");
    assertThat(told.get(1).data()).contains("Authentication-Results");
    assertThat(told.get(2)).isEqualTo(answer('q', "held for approval as PN-7F3K-2QXD"));
  }

  @Test
  void P1_whatPosternKeepsItselfIsDiscardedByTheMtaUnderAnIdOfItsOwn() throws IOException {
    MilterSettings.Keeping own = new MilterSettings.Keeping.InStore();
    try (Milters milter = Milters.judging(it -> Milters.keeping(it, own), _ -> Milters.held());
        AnMta mta = new AnMta(milter.port())) {
      // an MTA that cannot quarantine will do, too
      mta.negotiate(6, 0x11, AnMta.POSTFIX_PROTOCOL);
      for (int i = 0; i < 2; i++) {
        mta.envelope("4jYM1", FROM, TO).field("From", " x").body();
        assertThat(mta.end()).containsExactly(new AnMta.Answer('d', ""));
      }

      assertThat(milter.seen).extracting(it -> it.ref().source()).containsOnly("milter");
      assertThat(milter.seen).extracting(it -> it.ref().id()).doesNotHaveDuplicates();
    }
  }

  @Test
  void mailOfPeopleWhoSignedInPassesUnseenUnlessSetOtherwise() throws IOException {
    for (boolean judged : List.of(false, true)) {
      MilterSettings.Scope scope = new MilterSettings.Scope(judged, Set.of());
      try (Milters milter =
              Milters.judging(it -> Milters.scope(it, scope), _ -> Milters.reject("no"));
          AnMta mta = new AnMta(milter.port()).likePostfix()) {
        mta.connect("203.0.113.99")
            .macros('M', "i", "4jYM1", "{auth_authen}", "eva")
            .send('M', "<eva@corp.example>")
            .send('R', "<x@partner.example>")
            .field("From", " x")
            .body("y\r\n");
        char told = mta.end().getFirst().command();
        assertThat(told).isEqualTo(judged ? 'y' : 'c');
        assertThat(milter.seen).hasSize(judged ? 1 : 0);

        // the next message of the same connection is somebody else's
        mta.transaction("4jYM2", FROM, TO).field("From", " x").body();
        assertThat(mta.end().getFirst().command()).isEqualTo('y');
      }
    }
  }

  @Test
  void mailOfOwnClientsPassesUnseen() throws IOException {
    Network own = Network.parse("192.0.2.0/24").orElseThrow();
    assertThat(
            told(
                it -> Milters.scope(it, new MilterSettings.Scope(false, Set.of(own))),
                _ -> Milters.reject("no")))
        .containsExactly(GO_ON);
  }

  @Test
  void aDeskInTroubleMeansTryLaterUnlessSetOtherwise() throws IOException {
    Function<Message, Judgement> broken =
        _ -> {
          throw new IllegalStateException("the store is away");
        };
    assertThat(told(USUAL, broken)).containsExactly(LATER);
    assertThat(told(onTrouble(MilterSettings.OnTrouble.ACCEPT), broken)).containsExactly(GO_ON);
    assertThat(told(onTrouble(MilterSettings.OnTrouble.HOLD), broken))
        .containsExactly(answer('q', "held by Postern, which could not look at it"), GO_ON);
  }

  @Test
  void withoutAQueueIdNothingCouldBeReleasedSoItIsTriedLater() throws IOException {
    try (Milters milter = Milters.judging(_ -> Milters.held());
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("", FROM, TO).field("From", " x").body();
      assertThat(mta.end()).containsExactly(LATER);
      assertThat(milter.seen).isEmpty();
      mta.send('Q');
      assertThat(mta.isClosedByPeer()).isTrue(); // which is after it was counted
      assertThat(milter.verdicts).containsExactly("trouble");
    }
  }

  @Test
  void aQueueIdThatCameBeforeIsNotTakenForTheOtherMessage() throws IOException {
    assertThat(told(USUAL, _ -> new Judgement.Held(Milters.CASE, true, anEvidence().build())))
        .containsExactly(LATER);
  }

  @Test
  void theMtaHearsThatWeAreAliveWhileItWaits() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    MilterSettings.Timing timing = Milters.timing(Duration.ofSeconds(20), Duration.ofMillis(10));
    try (Milters milter =
            Milters.judging(
                it -> Milters.bounded(it, it.limits(), timing),
                _ -> {
                  awaitQuietly(go);
                  return Milters.pass();
                });
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("From", " x").body().send('E');
      assertThat(mta.answer().command()).isEqualTo('p');
      assertThat(mta.answer().command()).isEqualTo('p');
      go.countDown();
      assertThat(mta.verdict()).last().isEqualTo(GO_ON);
    }
  }

  @Test
  void P9_aJudgementThatComesTooLateIsToldToNobodyAndItsHoldIsWithdrawn() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    MilterSettings.Timing timing = Milters.timing(Duration.ofMillis(50), Duration.ofSeconds(5));
    try (Milters milter =
            Milters.judging(
                it -> Milters.bounded(it, it.limits(), timing),
                _ -> {
                  awaitQuietly(go);
                  return Milters.held();
                });
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("From", " x").body().send('E');
      assertThat(mta.verdict()).last().isEqualTo(LATER);
      assertThat(milter.memory.taken()).as("it is still read").isPositive();
      go.countDown();
      assertThat(milter.withdrawn.poll(20, TimeUnit.SECONDS))
          .isEqualTo(milter.seen.getFirst().ref());
    }
  }

  @Test
  void whatTheMtaHeldForWantOfAnAnswerStaysACaseWhenTheJudgementComes() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    MilterSettings.Timing timing = Milters.timing(Duration.ofMillis(50), Duration.ofSeconds(5));
    try (Milters milter =
            Milters.judging(
                it ->
                    Milters.onTrouble(
                        Milters.bounded(it, it.limits(), timing), MilterSettings.OnTrouble.HOLD),
                _ -> {
                  awaitQuietly(go);
                  return Milters.held();
                });
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("From", " x").body().send('E');
      assertThat(mta.verdict()).extracting(AnMta.Answer::command).endsWith('q', 'c');
      go.countDown();
      mta.transaction("4jYM2", FROM, TO).field("From", " x").body().send('E');
      mta.verdict();
      assertThat(milter.withdrawn).isEmpty();
    }
  }

  @Test
  void P9_anMtaThatLeavesBeforeItWasAnsweredLeavesNoCaseBehind() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    MilterSettings.Timing timing = Milters.timing(Duration.ofSeconds(20), Duration.ofMillis(5));
    try (Milters milter =
        Milters.judging(
            it -> Milters.bounded(it, it.limits(), timing),
            _ -> {
              awaitQuietly(go);
              return Milters.held();
            })) {
      try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
        mta.envelope("4jYM1", FROM, TO).field("From", " x").body().send('E');
        assertThat(mta.answer().command()).isEqualTo('p');
      }
      awaitNoConnection(milter);
      go.countDown();
      assertThat(milter.withdrawn.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void recipientsThatTheMtaTookStandInTheCase() throws IOException {
    try (Milters milter = Milters.judging(_ -> Milters.held());
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO, "b@corp.example", TO).field("From", " x").body().end();
      assertThat(milter.seen.getFirst().envelope().recipients())
          .map(EmailAddress::toString)
          .containsExactly(TO, "b@corp.example");
    }
  }

  private static void awaitNoConnection(Milters milter) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (milter.server().connections() > 0 && System.nanoTime() < end) {
      Pause.betweenLooks();
    }
    assertThat(milter.server().connections()).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void P8_aForgedCanaryFromOutsideIsJudgedAndOneOfThisMachineIsHeldWithoutACase()
      throws IOException {
    assertThat(canaryFrom("192.0.2.9").getLast().data()).contains("550 5.7.1 no");
    assertThat(canaryFrom("127.0.0.1")).extracting(AnMta.Answer::command).containsExactly('q', 'c');
  }

  private static List<AnMta.Answer> canaryFrom(String address) throws IOException {
    MilterSettings.Keeping queue = new MilterSettings.Keeping.InQueue("postfix");
    try (Milters milter =
            Milters.judging(it -> Milters.keeping(it, queue), _ -> Milters.reject("no"));
        AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.connect(address).transaction("4jYM1", FROM, TO);
      return mta.field("X-Postern-Canary", " 1").body("hello\r\n").end();
    }
  }
}
