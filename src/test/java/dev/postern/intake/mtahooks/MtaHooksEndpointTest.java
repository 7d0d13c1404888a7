package dev.postern.intake.mtahooks;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseId;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.Network;
import dev.postern.intake.mtahooks.FakeStalwart.Took;
import dev.postern.intake.mtahooks.MtaHooksSettings.OnTrouble;
import dev.postern.mailsystem.Programs;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MtaHooksEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final String SECRET = "the-secret-of-the-hook";
  private static final int LARGEST = 100_000;
  private static final List<String> LEE = List.of("lee@corp.example");
  private static final String QUEUED = "250 2.0.0 Message queued for delivery.";
  private static final String LATER = "451 4.7.1 cannot be looked at now, try again later";
  private static final byte[] MESSAGE =
      message(
          """
          From: Ben <ben@partner.example>
          Subject:  f\u00fcr
           dich

          Gr\u00fc\u00dfe
          .
          """
              .replace("\n", "\r\n"),
          UTF_8);

  private final List<Message> seen = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<HoldRef> withdrawn = new LinkedBlockingQueue<>();

  private final List<String> counted = new CopyOnWriteArrayList<>();
  private Duration patience = Duration.ofSeconds(2);
  private Optional<String> authservId = Optional.empty();

  @SuppressWarnings("NullAway.Init")
  private MtaHooksEndpoint endpoint;

  @SuppressWarnings("NullAway.Init")
  private Javalin server;

  @SuppressWarnings("NullAway.Init")
  private FakeStalwart stalwart;

  private static byte[] message(String text, java.nio.charset.Charset charset) {
    return text.getBytes(charset);
  }

  private void start(OnTrouble onTrouble, Function<Message, Judgement> judge) {
    MtaHooksSettings settings =
        new MtaHooksSettings(
            "postern",
            SECRET,
            onTrouble,
            new MtaHooksSettings.Scope(
                false, Set.of(Network.parse("10.0.0.0/8").orElseThrow()), Optional.of(10026)),
            authservId,
            new MtaHooksSettings.Limits(LARGEST, 10, 10 * LARGEST),
            patience);
    MtaHooksDesk desk =
        new MtaHooksDesk(
            message -> {
              seen.add(message);
              return judge.apply(message);
            },
            withdrawn::add);
    endpoint =
        new MtaHooksEndpoint(
            desk,
            settings,
            (verdict, _) -> counted.add(verdict),
            InstantSource.fixed(NOW),
            new Random(7));
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  endpoint.register(config.routes);
                })
            .start("127.0.0.1", 0);
    stalwart = new FakeStalwart(hook(), "postern", SECRET);
  }

  private URI hook() {
    return URI.create("http://127.0.0.1:" + server.port() + MtaHooksEndpoint.PATH);
  }

  @AfterEach
  void stop() {
    stalwart.close();
    server.stop();
  }

  private static Judgement pass(Message message) {
    return new Judgement.Pass(ruling(new Action.Release()), anEvidence().build());
  }

  private static Judgement held(Message message) {
    return new Judgement.Held(new CaseId("PN-7F3K-2QXD"), false, anEvidence().build());
  }

  private static Judgement reject(Message message) {
    return new Judgement.Reject(ruling(new Action.Discard()));
  }

  private static Ruling ruling(Action action) {
    return new Ruling(action, "rule", "no\r\nthanks", "no\r\nthanks", List.of());
  }

  private Took take() {
    return stalwart.take("Ben@Partner.example", LEE, MESSAGE);
  }

  @Test
  void aMessageIsJudgedOctetForOctetWithItsEnvelope() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::pass);

    assertThat(take()).isEqualTo(new Took(QUEUED, true));
    Message shown = seen.getFirst();
    assertThat(shown.raw().octets()).isEqualTo(MESSAGE);
    assertThat(shown.changedBy()).isEmpty();
    assertThat(shown.envelope().mailFromText()).isEqualTo("ben@partner.example");
    assertThat(shown.envelope().recipients()).hasSize(1);
    assertThat(shown.envelope().clientIp().getHostAddress()).isEqualTo("192.0.2.7");
    assertThat(shown.envelope().helo()).isEqualTo("mx.partner.example");
    assertThat(shown.ref().source()).isEqualTo("mta-hooks");
    assertThat(shown.ref().id()).startsWith("18c2f3a4b5c-");
  }

  @Test
  void P1_whatIsHeldIsDroppedByStalwartOnlyAfterItIsDurable() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);

    assertThat(take()).isEqualTo(new Took(QUEUED, false));
    assertThat(withdrawn).isEmpty();
  }

  @Test
  void whatIsRefusedIsRefusedWithItsReasonInOneLine() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::reject);

    assertThat(take()).isEqualTo(new Took("550 5.7.1 no  thanks", false));
  }

  /** Each of these octets stands in no UTF-8, or the sizes differ. */
  @ParameterizedTest
  @ValueSource(strings = {"Gr\u00fc\u00dfe", "a\u00f0\u009f\u0098z"})
  void octetsThatJsonLosesAreSaidSoThatNoSignatureIsJudgedByThem(String body) {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);

    stalwart.take(
        "ben@partner.example", LEE, message("Subject: x\r\n\r\n" + body + "\r\n", ISO_8859_1));

    assertThat(seen.getFirst().changedBy()).hasValueSatisfying(w -> assertThat(w).contains("lost"));
  }

  @Test
  void aSizeThatDoesNotFitIsSaidToo() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    ObjectNode request = stalwart.request("ben@partner.example", LEE, MESSAGE);
    ((ObjectNode) request.path("message")).put("size", MESSAGE.length + 1);

    stalwart.send(request.toString());

    assertThat(seen.getFirst().changedBy()).isPresent();
  }

  @Test
  void whatComesBackAtThePortForReleasedMailIsNotJudgedAgain() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    stalwart.port = 10026;

    assertThat(take().goesOn()).isTrue();
    assertThat(seen).isEmpty();
  }

  @Test
  void mailOfPeopleWhoSignedInAndOfOwnNetworksIsNotJudged() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    stalwart.login = "kim";
    assertThat(take().goesOn()).isTrue();
    stalwart.login = "";
    stalwart.client = "10.1.2.3";
    assertThat(take().goesOn()).isTrue();
    assertThat(seen).isEmpty();
  }

  @Test
  void P2_theSameRequestAgainIsTheSameHoldAndAnotherMessageIsNot() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    String request = stalwart.request("ben@partner.example", LEE, MESSAGE).toString();

    stalwart.send(request);
    stalwart.send(request);
    take();
    take();

    assertThat(seen.stream().map(Message::ref).distinct()).hasSize(2);
  }

  @Test
  void P9_troubleIsAnsweredAsSet() {
    start(
        OnTrouble.TEMPFAIL,
        _ -> {
          throw new IllegalStateException("secret detail of the store");
        });
    assertThat(take()).isEqualTo(new Took(LATER, false));
    stop();
    start(
        OnTrouble.ACCEPT,
        _ -> {
          throw new IllegalStateException("secret detail of the store");
        });
    assertThat(take()).isEqualTo(new Took(QUEUED, true));
  }

  @Test
  void whatIsJudgedTooLateIsAnsweredInTimeAndItsHoldWithdrawn() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    start(
        OnTrouble.TEMPFAIL,
        message -> {
          try {
            gate.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          return held(message);
        });

    assertThat(take()).isEqualTo(new Took(LATER, false));
    gate.countDown();

    assertThat(withdrawn.poll(10, TimeUnit.SECONDS)).isEqualTo(seen.getFirst().ref());
  }

  @Test
  void P15_whatIsJudgedSoonAfterAStopBeganIsAnsweredStill() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    start(OnTrouble.TEMPFAIL, message -> behind(judging, gate, message));
    CompletableFuture<Took> took = CompletableFuture.supplyAsync(this::take);
    judging.await();
    CompletableFuture<Void> stop = CompletableFuture.runAsync(endpoint::close);

    gate.countDown();

    assertThat(took.get(10, TimeUnit.SECONDS)).isEqualTo(new Took(QUEUED, false));
    stop.get(10, TimeUnit.SECONDS);
    assertThat(withdrawn).isEmpty();
    assertThat(take()).as("whoever comes now").isEqualTo(new Took(LATER, false));
  }

  /** Otherwise its client sends it again, and there are two cases of one message. */
  @Test
  void P2_whoWasPutOffByAStopHasNoCaseWhenItEnds() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    patience = Duration.ofSeconds(30);
    start(OnTrouble.TEMPFAIL, message -> behind(judging, gate, message));
    CompletableFuture<Took> took = CompletableFuture.supplyAsync(this::take);
    judging.await();
    CompletableFuture<Void> stop = CompletableFuture.runAsync(endpoint::close);
    assertThat(took.get(10, TimeUnit.SECONDS)).isEqualTo(new Took(LATER, false));

    gate.countDown();

    stop.get(10, TimeUnit.SECONDS);
    assertThat(withdrawn).containsExactly(seen.getFirst().ref());
  }

  private static Judgement behind(CountDownLatch judging, CountDownLatch gate, Message message) {
    judging.countDown();
    try {
      gate.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return held(message);
  }

  @Test
  void resultsOfOursAreAddedAndForgedOnesRemovedFromMailThatGoesOn() {
    authservId = Optional.of("in.corp.example");
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::pass);
    String rest = "From: ben@partner.example\r\n\r\nHello\r\n";
    String forged =
        """
        Authentication-Results: IN.corp.example; spf=pass
        authentication-results: other.example; spf=fail
        X-Postern-Case: PN-0000-0000
        Authentication-Results: (c) in.corp.example 1;
         dkim=pass
        """
            .replace("\n", "\r\n");

    stalwart.take("ben@partner.example", LEE, message(forged + rest, UTF_8));

    assertThat(stalwart.wentOn)
        .matches(
            "(?s)Authentication-Results: in\\.corp\\.example;.*spf=.*\r\n"
                + "authentication-results: other\\.example; spf=fail\r\n"
                + Pattern.quote(rest));
    stalwart.login = "lee";
    stalwart.take("ben@partner.example", LEE, message(forged + rest, UTF_8));
    assertThat(stalwart.wentOn)
        .isEqualTo("authentication-results: other.example; spf=fail\r\n" + rest);
  }

  @Test
  void withoutANameNoResultsAreAddedOrRemoved() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::pass);
    String all = "Authentication-Results: in.corp.example; spf=pass\r\nSubject: x\r\n\r\nx\r\n";

    stalwart.take("ben@partner.example", LEE, message(all, UTF_8));

    assertThat(stalwart.wentOn).isEqualTo(all);
  }

  @Test
  void whatWasAnsweredIsCountedByVerdict() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    take();
    stalwart.login = "lee";
    take();
    stalwart.login = "";
    stalwart.take("no address", LEE, MESSAGE);

    Programs.await("all counted", Duration.ofSeconds(10), () -> counted.size() == 3);
    assertThat(counted).containsExactly("held", "unjudged", "trouble");
  }

  @Test
  void P16_aMessageBeyondTheBoundIsNotJudged() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);

    assertThat(
            stalwart.take(
                "ben@partner.example",
                LEE,
                message("Subject: x\r\n\r\n" + "x".repeat(LARGEST), ISO_8859_1)))
        .isEqualTo(new Took(LATER, false));
    assertThat(
            stalwart.take(
                "ben@partner.example",
                LEE,
                message("Subject: x\r\n\r\n" + "x".repeat(20 * LARGEST), ISO_8859_1)))
        .isEqualTo(new Took(LATER, false));
    assertThat(seen).isEmpty();
  }

  @Test
  void anAddressThatIsNoneIsTrouble() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);

    assertThat(stalwart.take("ben@partner.example", List.of("lee@corp.example", "x y"), MESSAGE))
        .isEqualTo(new Took(LATER, false));
    assertThat(stalwart.take("ben@partner.example", List.of(), MESSAGE).goesOn()).isFalse();
    assertThat(seen).isEmpty();
  }

  @Test
  void theNullSenderIsNobody() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::pass);

    stalwart.take("", LEE, MESSAGE);

    assertThat(seen.getFirst().envelope().mailFrom()).isEmpty();
  }

  @Test
  void whoeverDoesNotKnowTheSecretIsToldNothing() {
    start(OnTrouble.ACCEPT, MtaHooksEndpointTest::pass);
    try (FakeStalwart stranger = new FakeStalwart(hook(), "postern", "another-secret-of-16")) {
      var response = stranger.send("{}");
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).doesNotContain(SECRET);
      assertThat(stranger.take("", LEE, MESSAGE).reply()).startsWith("451");
    }
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"context\":",
        "{\"context\":{\"stage\":\"data\"}}",
        "{\"context\":{\"stage\":\"data\",\"client\":{\"ip\":\"host.example\"}}}",
        "{\"context\":{\"stage\":\"data\",\"client\":{\"ip\":\"192.0.2.7\"}}}",
        "{\"context\":{\"stage\":\"data\",\"client\":{\"ip\":\"192.0.2.7\"}},"
            + "\"message\":{\"headers\":[[\"a\"]],\"contents\":\"\"}}",
        "{} {}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
      })
  void whatIsNoRequestOfMtaHooksIsRefusedWithAStatus(String body) {
    start(OnTrouble.ACCEPT, MtaHooksEndpointTest::pass);

    assertThat(stalwart.send(body).statusCode()).isIn(400, 422);
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "EHLO", "mail", "rcpt", "auth"})
  void otherStagesGoOn(String stage) {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);

    assertThat(stalwart.send("{\"context\":{\"stage\":\"" + stage + "\"}}").body())
        .isEqualTo("{\"action\":\"accept\"}");
  }

  /** As Stalwart's documentation writes it: stage in capitals, ehlo, values without their blank. */
  @Test
  void aRequestInTheFormOfTheDocumentationIsTakenToo() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::pass);

    stalwart.send(
        """
        {"context":{"stage":"DATA","client":{"ip":"192.168.1.1","port":34567,
        "ehlo":"mail.example.com"},"server":{"name":"Stalwart","port":25},
        "queue":{"id":"1234567890"},"protocol":{"version":"1.0"}},
        "envelope":{"from":{"address":"john@example.com","parameters":{"size":12345}},
        "to":[{"address":"bill@foobar.org","parameters":null}]},
        "message":{"headers":[["Subject","Hello, World!"]],"serverHeaders":[["Received","x"]],
        "contents":"Hello, World!\\r\\n","size":41}}\
        """);

    assertThat(new String(seen.getFirst().raw().octets(), UTF_8))
        .isEqualTo("Subject: Hello, World!\r\n\r\nHello, World!\r\n");
    assertThat(seen.getFirst().changedBy()).isEmpty();
    assertThat(seen.getFirst().envelope().helo()).isEqualTo("mail.example.com");
  }
}
