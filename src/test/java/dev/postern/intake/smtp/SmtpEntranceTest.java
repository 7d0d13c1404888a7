package dev.postern.intake.smtp;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static dev.postern.intake.smtp.Entrances.CASE;
import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.entrance;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.noNextHop;
import static dev.postern.intake.smtp.Entrances.pass;
import static dev.postern.intake.smtp.Entrances.ruling;
import static dev.postern.intake.smtp.Entrances.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.approval.NextHop;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.intake.smtp.Entrances.JudgingDesk;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpEntranceTest {
  private static final byte[] MAIL = "Subject: hi\r\n\r\nHello\r\n".getBytes(US_ASCII);
  private static final String ANN = "ann@corp.example";
  private static final String BOB = "bob@corp.example";

  @Test
  void aHeldMessageIsAnsweredWithItsCase() throws IOException {
    JudgingDesk desk = new JudgingDesk(_ -> new Judgement.Held(CASE, false, anEvidence().build()));
    assertThat(deliver(desk, noNextHop())).isEqualTo("250 2.0.0 held for approval as PN-7F3K-2QXD");

    Message judged = desk.seen.getFirst();
    assertThat(judged.ref().source()).isEqualTo("smtp");
    assertThat(judged.ref().id()).matches("[0-9a-f]{32}");
    assertThat(judged.receivedAt()).isEqualTo(Entrances.NOW);
    assertThat(judged.raw().octets()).isEqualTo(MAIL);
    assertThat(judged.envelope().mailFromText()).isEqualTo("sender@supplier.example");
    assertThat(judged.envelope().recipients())
        .map(EmailAddress::toString)
        .containsExactly(ANN, BOB);
    assertThat(judged.envelope().helo()).isEqualTo("client.example");
    assertThat(judged.envelope().clientIp().isLoopbackAddress()).isTrue();
  }

  @Test
  void aRejectedMessageIs550WithTheReasonOnOneLine() throws IOException {
    JudgingDesk desk =
        new JudgingDesk(
            _ ->
                new Judgement.Reject(ruling(new Action.Discard(), "fails DMARC\r\n250 Ok \u2014")));
    assertThat(deliver(desk, noNextHop())).isEqualTo("550 5.7.1 fails DMARC  250 Ok ?");
  }

  @Test
  void aPassedMessageIsAnsweredInTheNextHopsWords() throws IOException {
    String reply = deliver(passing(), answering(Map.of(), Kind.DELIVERED_TO_NEXT_HOP));
    assertThat(reply).isEqualTo("250 2.0.0 Ok: queued as 4jYM");
  }

  @Test
  void whatTheNextHopRefusesForAllIsRefused() throws IOException {
    NextHop refusing =
        (_, to, _, _) -> Outcome.forAll(to, Kind.PERM_FAIL, "550 5.1.1 no such user");
    assertThat(deliver(passing(), refusing)).isEqualTo("550 5.1.1 no such user");
    NextHop ownWords = (_, to, _, _) -> Outcome.forAll(to, Kind.PERM_FAIL, "not sent: too large");
    assertThat(deliver(passing(), ownWords)).isEqualTo("554 5.0.0 next hop: not sent: too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TEMP_FAIL", "UNCERTAIN"})
  void P9_aNextHopThatIsDownLeavesTheMessageWithTheClient(String kind) throws IOException {
    NextHop down = (_, to, _, _) -> Outcome.forAll(to, Kind.valueOf(kind), "connection refused");
    assertThat(deliver(passing(), down))
        .isEqualTo("451 4.4.0 next hop, try again later: connection refused");
  }

  @Test
  void refusedForSomeAndDeliveredToTheOthersSaysBoth() throws IOException {
    NextHop mixed = answering(Map.of(BOB, Kind.PERM_FAIL), Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(deliver(passing(), mixed))
        .isEqualTo("250 2.0.0 delivered to 1, refused for [bob@corp.example]: 550 5.1.1 no");
  }

  @Test
  void putOffForSomeIsRetriedForThemAlone() throws IOException {
    List<List<EmailAddress>> asked = new ArrayList<>();
    NextHop busyAtFirst =
        (envelope, to, raw, mandate) -> {
          asked.add(to);
          return asked.size() == 1
              ? answering(Map.of(BOB, Kind.TEMP_FAIL), Kind.DELIVERED_TO_NEXT_HOP)
                  .send(envelope, to, raw, mandate)
              : answering(Map.of(), Kind.DELIVERED_TO_NEXT_HOP).send(envelope, to, raw, mandate);
        };
    try (SmtpListener listener = listener(settings(), entrance(passing(), busyAtFirst))) {
      try (RawSmtpClient client = client(listener)) {
        client.begin("sender@supplier.example", ANN, BOB);
        assertThat(client.data(MAIL)).isEqualTo("451 4.2.1 busy");
        client.begin("sender@supplier.example", ANN, BOB);
        assertThat(client.data(MAIL)).isEqualTo("250 2.0.0 Ok: queued as 4jYM");
      }
    }
    assertThat(asked.get(1)).map(EmailAddress::toString).containsExactly(BOB);
  }

  @Test
  void troubleIs451AndTheConnectionGoesOn() throws IOException {
    JudgingDesk desk =
        new JudgingDesk(
            _ -> {
              throw new IllegalStateException("store is down: secret details");
            });
    try (SmtpListener listener = listener(settings(), entrance(desk, noNextHop()));
        RawSmtpClient client = client(listener)) {
      for (int i = 0; i < 2; i++) {
        client.begin("sender@supplier.example", ANN);
        assertThat(client.data(MAIL))
            .isEqualTo("451 4.3.0 Postern cannot take mail now, try again later");
      }
    }
  }

  @Test
  void P1_250OnlyAfterTheDeskReturned_notBefore() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    JudgingDesk desk =
        new JudgingDesk(
            _ -> {
              entered.countDown();
              await(commit);
              return new Judgement.Held(CASE, false, anEvidence().build());
            });
    try (SmtpListener listener = listener(settings(), entrance(desk, noNextHop()));
        RawSmtpClient client = client(listener);
        var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      client.begin("sender@supplier.example", ANN);
      var reply = CompletableFuture.supplyAsync(() -> data(client), thread);
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(answersWithin(reply, Duration.ofMillis(300))).isFalse();
      commit.countDown();
      assertThat(reply.get(10, TimeUnit.SECONDS)).startsWith("250 2.0.0 held for approval");
    }
  }

  @Test
  void P15_aStopWaitsForTheMessageUnderWayAndTurnsNewOnesAway() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    JudgingDesk desk =
        new JudgingDesk(
            _ -> {
              entered.countDown();
              await(commit);
              return new Judgement.Held(CASE, false, anEvidence().build());
            });
    SmtpListener listener = listener(settings(), entrance(desk, noNextHop()));
    try (RawSmtpClient client = client(listener);
        RawSmtpClient late = client(listener);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client.begin("sender@supplier.example", ANN);
      var reply = CompletableFuture.supplyAsync(() -> data(client), threads);
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      var stopped =
          CompletableFuture.runAsync(() -> listener.stop(Duration.ofSeconds(10)), threads);
      String turnedAway = late.say("MAIL FROM:<a@b.example>");
      while (turnedAway.startsWith("250")) {
        assertThat(late.say("RSET")).startsWith("250");
        turnedAway = late.say("MAIL FROM:<a@b.example>");
      }
      assertThat(turnedAway).startsWith("421");
      commit.countDown();
      assertThat(reply.get(10, TimeUnit.SECONDS)).startsWith("250 2.0.0 held for approval");
      stopped.get(10, TimeUnit.SECONDS);
    } finally {
      listener.close();
    }
  }

  private static JudgingDesk passing() {
    return new JudgingDesk(_ -> pass());
  }

  private static NextHop answering(Map<String, Kind> others, Kind usual) {
    return (_, to, _, _) ->
        new Outcome(
            to.stream().map(r -> result(r, others.getOrDefault(r.toString(), usual))).toList());
  }

  private static Outcome.Result result(EmailAddress recipient, Kind kind) {
    return switch (kind) {
      case PERM_FAIL -> new Outcome.Result(recipient, kind, "550 5.1.1 no");
      case TEMP_FAIL -> new Outcome.Result(recipient, kind, "451 4.2.1 busy");
      default -> new Outcome.Result(recipient, kind, "250 2.0.0 Ok: queued as 4jYM");
    };
  }

  private static String deliver(JudgingDesk desk, NextHop nextHop) throws IOException {
    try (SmtpListener listener = listener(settings(), entrance(desk, nextHop));
        RawSmtpClient client = client(listener)) {
      return client.begin("sender@supplier.example", ANN, BOB).data(MAIL);
    }
  }

  private static String data(RawSmtpClient client) {
    try {
      return client.data(MAIL);
    } catch (IOException lost) {
      throw new AssertionError(lost);
    }
  }

  private static boolean answersWithin(CompletableFuture<String> reply, Duration time)
      throws Exception {
    try {
      reply.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
