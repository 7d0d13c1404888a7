package dev.postern.quarantine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpNextHopTest {
  private static final EmailAddress ANN = address("ann@corp.example");
  private static final EmailAddress BOB = address("bob@corp.example");
  private static final EmailAddress EVE = address("eve@corp.example");
  private static final RawMessage MAIL = raw("Subject: hi\r\n\r\nHello\r\n");

  @SuppressWarnings("NullAway.Init")
  private ScriptedNextHop hop;

  @BeforeEach
  void start() throws IOException {
    hop = new ScriptedNextHop();
  }

  @AfterEach
  void stop() throws IOException {
    hop.close();
  }

  @Test
  void P8_deliveredOnlyWith250AfterTheDot_andInTheNextHopsOwnWords() {
    assertThat(send(MAIL, ANN).results())
        .containsExactly(
            new Outcome.Result(
                ANN, Kind.DELIVERED_TO_NEXT_HOP, "250 2.0.0 Ok: queued as 4jYMqT6jjCzJdNd"));
    assertThat(hop.commands())
        .containsExactly(
            "EHLO postern.example",
            "MAIL FROM:<sender@supplier.example> SIZE=22",
            "RCPT TO:<ann@corp.example>",
            "DATA",
            "QUIT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n...\r\na.\r\n.\r\n",
        ".first line is a dot\r\n\r\nbody\r\n",
        "\r\n",
        "Subject: blanks \t \r\n\r\n  trailing   \r\n\r\n\r\n",
        "Subject: 8 bit \u00fc\u00ff\u0080\r\n\r\n\u0001\u007f\u0000\r\n",
        "Subject: bare\r\n\r\nline feed\nand\rreturn\r\r\n\n\r\n",
      })
  void octetsArriveUnchanged(String message) {
    RawMessage sent = RawMessage.of(message.getBytes(ISO_8859_1));

    assertThat(send(sent, ANN).results()).allMatch(r -> r.kind() == Kind.DELIVERED_TO_NEXT_HOP);

    assertThat(hop.messages()).singleElement().isEqualTo(sent.octets());
  }

  @Test
  void fiftyMegabytesArriveUnchanged() {
    RawMessage sent =
        raw("Subject: large\r\n\r\n" + (".".repeat(76) + "\r\n").repeat((50 << 20) / 78));
    send(sent, ANN);
    assertThat(hop.messages()).singleElement().isEqualTo(sent.octets());
  }

  @Test
  void longLinesAreNotFolded() {
    RawMessage sent = raw("Subject: long\r\n\r\n" + "x".repeat(100_000) + "\r\n");
    send(sent, ANN);
    assertThat(hop.messages()).singleElement().isEqualTo(sent.octets());
  }

  @Test
  void aMessageWithoutFinalLineEndGetsOneAndNothingElse() {
    send(raw("Subject: x\r\n\r\nno end"), ANN);
    assertThat(hop.messages()).singleElement().isEqualTo(bytes("Subject: x\r\n\r\nno end\r\n"));
  }

  @Test
  void everyRecipientGetsTheNextHopsOwnReply() {
    hop.on("RCPT TO:<bob", "550 5.1.1 <bob@corp.example>: no such user")
        .on("RCPT TO:<eve", "451 4.2.1 mailbox busy");

    assertThat(send(MAIL, ANN, BOB, EVE).results())
        .containsExactly(
            new Outcome.Result(
                ANN, Kind.DELIVERED_TO_NEXT_HOP, "250 2.0.0 Ok: queued as 4jYMqT6jjCzJdNd"),
            new Outcome.Result(BOB, Kind.PERM_FAIL, "550 5.1.1 <bob@corp.example>: no such user"),
            new Outcome.Result(EVE, Kind.TEMP_FAIL, "451 4.2.1 mailbox busy"));
  }

  @Test
  void withoutAnyRecipientNoMessageIsSent() {
    hop.on("RCPT", "550 5.7.1 no");
    assertThat(kinds(send(MAIL, ANN, BOB))).containsExactly(Kind.PERM_FAIL, Kind.PERM_FAIL);
    assertThat(hop.commands()).doesNotContain("DATA");
  }

  @Test
  void refusalAfterTheDotIsFinalOrNotByItsCode() {
    hop.on(ScriptedNextHop.DOT, "554 5.7.1 spam");
    assertThat(send(MAIL, ANN).results())
        .containsExactly(new Outcome.Result(ANN, Kind.PERM_FAIL, "554 5.7.1 spam"));
    hop.on(ScriptedNextHop.DOT, "452 4.3.1 disk full");
    assertThat(kinds(send(MAIL, ANN))).containsExactly(Kind.TEMP_FAIL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EHLO", "MAIL", "RCPT", "DATA"})
  void connectionLostOrSilentBeforeTheDotIsTemporary(String where) {
    for (String trouble : List.of(ScriptedNextHop.DROP, ScriptedNextHop.HANG)) {
      hop.on(where, trouble);
      assertThat(send(MAIL, ANN).results())
          .singleElement()
          .satisfies(
              r -> {
                assertThat(r.kind()).isEqualTo(Kind.TEMP_FAIL);
                assertThat(r.words()).contains("127.0.0.1:" + hop.port());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ScriptedNextHop.DROP, ScriptedNextHop.HANG, "gibberish", "354 what"})
  void P7_withoutAReplyToTheDotTheOutcomeIsUncertain(String trouble) {
    hop.on(ScriptedNextHop.DOT, trouble).on("RCPT TO:<bob", "550 5.1.1 no such user");
    assertThat(kinds(send(MAIL, ANN, BOB))).containsExactly(Kind.UNCERTAIN, Kind.PERM_FAIL);
  }

  @Test
  void refusedConnectionIsTemporary() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    var settings =
        new NextHopSettings(
            "127.0.0.1", nobody, "postern.example", "", NextHopSettings.Timing.usual());
    Outcome outcome =
        new SmtpNextHop(settings)
            .send(envelope(ANN), List.of(ANN), MAIL, Mandate.ofThisConnection());
    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(outcome.results().getFirst().words()).contains("Connection refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"554 5.3.2 not for you", "421 4.3.2 busy", "nonsense"})
  void aGreetingThatTurnsUsAwayIsTemporary(String greeting) {
    hop.greeting(greeting);
    assertThat(kinds(send(MAIL, ANN))).containsExactly(Kind.TEMP_FAIL);
  }

  @Test
  void aReplyThatNeverEndsIsCutOff() {
    hop.on("MAIL", "250-x\r\n".repeat(100_000) + "250 x");
    assertThat(kinds(send(MAIL, ANN))).containsExactly(Kind.TEMP_FAIL);
    hop.on("MAIL", "250 " + "x".repeat(1_000_000));
    assertThat(kinds(send(MAIL, ANN))).containsExactly(Kind.TEMP_FAIL);
  }

  @Test
  void aPeerThatStopsReadingIsCutOffByTheDeadline() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    RawMessage large = RawMessage.of(new byte[48 << 20]);
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> neverReadsTheMessage(deaf, over));
      var timing = hop.settings().timing();
      var settings =
          new NextHopSettings(
              "127.0.0.1",
              deaf.getLocalPort(),
              "postern.example",
              "",
              new NextHopSettings.Timing(
                  timing.connect(), timing.reply(), timing.afterDot(), Duration.ofSeconds(2)));
      Outcome outcome =
          new SmtpNextHop(settings)
              .send(envelope(ANN), List.of(ANN), large, Mandate.ofThisConnection());
      assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    } finally {
      over.countDown();
    }
  }

  @Test
  void manyMessagesAtOnceShareTheConnectionsThatAServerTakes() throws Exception {
    assertThat(atOnce(200)).containsOnly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.mostTalking()).isBetween(2, 16);
  }

  @Test
  void P9_whereAllConnectionsHangTheOthersAreTriedLater() throws Exception {
    hop.greeting(ScriptedNextHop.HANG);

    assertThat(atOnce(40)).containsOnly(Kind.TEMP_FAIL);
  }

  /** What becomes of so many messages that are sent at the same time. */
  private List<Kind> atOnce(int messages) throws Exception {
    SmtpNextHop shared = new SmtpNextHop(patient());
    Callable<Outcome> send =
        () -> shared.send(envelope(ANN), List.of(ANN), MAIL, Mandate.ofThisConnection());
    List<Kind> kinds = new ArrayList<>();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> one : senders.invokeAll(Collections.nCopies(messages, send))) {
        kinds.addAll(kinds(one.get()));
      }
    }
    assertThat(kinds).hasSize(messages);
    return kinds;
  }

  /** Many at once wait for each other, on a machine that does other things, too. */
  private NextHopSettings patient() {
    Duration patience = Duration.ofSeconds(20);
    return new NextHopSettings(
        "127.0.0.1",
        hop.port(),
        "postern.example",
        "",
        new NextHopSettings.Timing(patience, patience, patience, patience));
  }

  @Test
  void multiLineRepliesAreOneText() {
    hop.on(ScriptedNextHop.DOT, "250-2.0.0 Ok\r\n250 2.0.0 queued");
    assertThat(send(MAIL, ANN).results().getFirst().words()).isEqualTo("250 2.0.0 Ok 2.0.0 queued");
  }

  @Test
  void aServerWithoutEhloIsGreetedWithHelo() {
    hop.on("EHLO", "500 5.5.1 what?");
    assertThat(kinds(send(MAIL, ANN))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.commands())
        .contains("HELO postern.example", "MAIL FROM:<sender@supplier.example>");
  }

  @Test
  void theNullSenderStaysNull() {
    var bounce =
        new Envelope(
            Optional.empty(), List.of(ANN), InetAddress.getLoopbackAddress(), "mx.example");
    new SmtpNextHop(hop.settings()).send(bounce, List.of(ANN), MAIL, Mandate.ofThisConnection());
    assertThat(hop.commands()).contains("MAIL FROM:<> SIZE=22");
  }

  @Test
  void aMessageLargerThanTheNextHopTakesIsNotSent() {
    hop.on("EHLO", "250-next.example\r\n250 SIZE 10");
    Outcome outcome = send(MAIL, ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.PERM_FAIL);
    assertThat(outcome.results().getFirst().words()).contains("takes 10 octets");
    assertThat(hop.commands()).noneMatch(c -> c.startsWith("MAIL"));
  }

  @Test
  void ourOwnListenerIsRecognisedByItsGreeting() {
    hop.greeting("220 mx.corp.example ESMTP Postern loop-mark");
    Outcome outcome = send(MAIL, ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(outcome.results().getFirst().words()).contains("mail.smtp.next-hop");
  }

  @Test
  void aMessageInACircleIsNotSent() {
    String hops = "Received: from a by b\r\n\tfor c\r\n".repeat(51);
    Outcome outcome = send(raw(hops + "Subject: x\r\n\r\nReceived: not a field\r\n"), ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.PERM_FAIL);
    assertThat(outcome.results().getFirst().words()).contains("51 Received fields");
    String fewer = "Received: from a by b\r\n".repeat(50);
    assertThat(kinds(send(raw(fewer + "\r\nReceived: x\r\n"), ANN)))
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r.\n"})
  void aLoneDotThatALaxServerTakesForTheEndIsNotSent(String end) {
    RawMessage smuggler = raw("Subject: x\r\n\r\nbody" + end + "MAIL FROM:<boss@corp.example>\r\n");
    Outcome outcome = send(smuggler, ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.PERM_FAIL);
    assertThat(outcome.results().getFirst().words()).contains("smuggling");
    assertThat(hop.commands()).isEmpty();
  }

  @Test
  void P7_whoWasOvertakenBeforeTheDotSendsNothing() {
    Mandate overtaken = new Mandate(1, () -> false);
    Outcome outcome =
        new SmtpNextHop(hop.settings()).send(envelope(ANN), List.of(ANN), MAIL, overtaken);

    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(outcome.results().getFirst().words())
        .contains("another process has taken this over");
    assertThat(hop.messages()).isEmpty();
  }

  @Test
  void whoBroughtTheMessageIsToldInXtextAndOnlyAsOffered() {
    hop.on("EHLO", "250-next.example\r\n250 XFORWARD NAME ADDR HELO IDENT")
        .on("XFORWARD", "250 2.0.0 Ok");
    XForward origin =
        new XForward(
            InetAddress.ofLiteral("2001:db8::7"), "a b+c=\u00fc\r\nMAIL", "4jYMqT0ydYzJd8N");

    assertThat(kinds(sendFrom(origin))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);

    assertThat(hop.commands().get(1))
        .isEqualTo(
            "XFORWARD NAME=[UNAVAILABLE] ADDR=IPV6:2001:db8:0:0:0:0:0:7"
                + " HELO=a+20b+2Bc+3D+C3+BC+0D+0AMAIL IDENT=4jYMqT0ydYzJd8N");
  }

  @Test
  void aServerThatDoesNotLetUsSayWhereMailComesFromGetsNone() {
    XForward origin = new XForward(InetAddress.ofLiteral("192.0.2.7"), "", "4jYMqT0ydYzJd8N");

    assertThat(sendFrom(origin).results())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.kind()).isEqualTo(Kind.TEMP_FAIL);
              assertThat(result.words()).contains("smtpd_authorized_xforward_hosts");
            });
    assertThat(hop.commands()).noneMatch(line -> line.startsWith("MAIL"));
  }

  private Outcome sendFrom(XForward origin) {
    Shipment shipment = new Shipment(envelope(ANN), List.of(ANN), MAIL, Optional.of(origin));
    return new SmtpNextHop(hop.settings()).send(shipment, Mandate.ofThisConnection());
  }

  private Outcome send(RawMessage raw, EmailAddress... to) {
    return new SmtpNextHop(hop.settings())
        .send(envelope(to), List.of(to), raw, Mandate.ofThisConnection());
  }

  private static void neverReadsTheMessage(ServerSocket deaf, CountDownLatch over) {
    try (var client = deaf.accept()) {
      var out = client.getOutputStream();
      out.write(bytes("220 x\r\n250 x\r\n250 x\r\n250 x\r\n354 x\r\n"));
      out.flush();
      over.await();
    } catch (IOException | InterruptedException ended) {
      // the test is over
    }
  }

  private static Envelope envelope(EmailAddress... to) {
    return new Envelope(
        Optional.of(address("sender@supplier.example")),
        List.of(to),
        InetAddress.getLoopbackAddress(),
        "mx.supplier.example");
  }

  private static List<Kind> kinds(Outcome outcome) {
    return outcome.results().stream().map(Outcome.Result::kind).toList();
  }

  private static EmailAddress address(String text) {
    return EmailAddress.parse(text).orElseThrow();
  }

  private static RawMessage raw(String text) {
    return RawMessage.of(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
