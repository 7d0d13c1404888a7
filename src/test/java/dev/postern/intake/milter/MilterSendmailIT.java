package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.SendmailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real Sendmail that is set up by the line of the documentation. */
class MilterSendmailIT {
  private static final Path SAMPLES =
      Path.of(System.getProperty("postern.samples", "../shared/mailinfra/samples/messages"));
  private static final String MESSAGE =
      """
      Date: Tue, 24 Nov 2026 09:12:01 +0000
      From: ben@partner.example
      Message-Id: <1@partner.example>
      Subject:  two  blanks

      hello
      """
          .replace("\n", "\r\n");

  private static Function<Message, Judgement> judge = _ -> Milters.pass();

  @SuppressWarnings("NullAway.Init")
  private static Milters milter;

  @SuppressWarnings("NullAway.Init")
  private static SendmailServer sendmail;

  @BeforeAll
  static void start() {
    milter = Milters.judging(message -> judge.apply(message));
    sendmail = SendmailServer.start(mc(milter));
  }

  private static String mc(Milters milter) {
    return DocumentedLines.of("milter.md").withPort(8893, milter.port()).linesFor("sendmail.mc");
  }

  @AfterAll
  static void stop() {
    if (sendmail != null) {
      sendmail.close();
    }
    if (milter != null) {
      milter.close();
    }
  }

  @AfterEach
  void nothingIsLeftInMemory() {
    assertThat(milter.memory.taken()).isZero();
    judge = _ -> Milters.pass();
  }

  private static String send(String message, String... to) throws IOException {
    return send(message.getBytes(ISO_8859_1), to);
  }

  private static String send(byte[] message, String... to) throws IOException {
    try (RawSmtpClient client = sendmail.client()) {
      return client.begin("ben@partner.example", to).data(message);
    }
  }

  /** What was delivered to this one; mail of other tests may still be on its way. */
  private static String takenFor(String recipient) {
    for (int i = 0; ; i++) {
      NextHopServer.Taken taken = sendmail.nextHop().await(i + 1).get(i);
      if (taken.recipients().contains(recipient)) {
        return new String(taken.octets().octets(), ISO_8859_1);
      }
    }
  }

  @Test
  void envelopeAndOctetsAreThoseOfTheClient() throws IOException {
    String reply = send(MESSAGE, "ap@corp.example", "cfo@corp.example");
    assertThat(reply).startsWith("250 2.0.0 ");

    Message seen = milter.seen.getLast();
    assertThat(new String(seen.raw().octets(), ISO_8859_1)).isEqualTo(MESSAGE);
    assertThat(seen.ref().id()).isEqualTo(reply.replaceFirst("250 2.0.0 (\\S+) .*", "$1"));
    assertThat(seen.envelope().mailFromText()).isEqualTo("ben@partner.example");
    assertThat(seen.envelope().recipients()).hasToString("[ap@corp.example, cfo@corp.example]");
    assertThat(seen.envelope().helo()).isEqualTo("client.example");
    assertThat(seen.envelope().clientIp().isLoopbackAddress()).isTrue();
  }

  @Test
  void difficultMessagesAreRebuiltOctetForOctet() throws IOException {
    DebianPackage.samplesNeeded(SAMPLES);
    List<String> changed = new ArrayList<>();
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".eml")).sorted().toList()) {
        byte[] octets = Files.readAllBytes(file);
        String reply = send(octets, "ap@corp.example");
        if (!Arrays.equals(milter.seen.getLast().raw().octets(), octets)) {
          changed.add(file.getFileName() + ": " + reply);
        }
      }
    }
    assertThat(changed).isEmpty();
  }

  @Test
  void whatPassesHasResultsOnTopAndBelowItWhatCameOctetForOctet() throws IOException {
    assertThat(send(MESSAGE, "passes@corp.example")).startsWith("250");

    assertThat(takenFor("passes@corp.example"))
        .contains("Authentication-Results: mx.corp.example;\r\n spf=pass ")
        .endsWith(MESSAGE);
  }

  @Test
  void fieldsThatSpeakInOurNameAreGoneAndOthersStay() throws IOException {
    String forged =
        String.join(
            "\r\n",
            "Authentication-Results: mx.corp.example; dmarc=pass",
            "Authentication-Results: other.example; spf=pass",
            "X-Postern-Case: PN-0000-0000",
            "authentication-results:(hi)",
            " mx.corp.example; dkim=pass header.d=bank.example",
            MESSAGE);

    assertThat(send(forged, "fields@corp.example")).startsWith("250");

    assertThat(takenFor("fields@corp.example"))
        .endsWith("\r\nAuthentication-Results: other.example; spf=pass\r\n" + MESSAGE)
        .doesNotContain("PN-0000-0000", "dmarc=pass\r\n", "bank.example");
  }

  @Test
  void aRejectReachesTheClientInTheWordsOfTheRule() throws IOException {
    judge = _ -> Milters.reject("100% a lie");
    assertThat(send(MESSAGE, "ap@corp.example")).isEqualTo("550 5.7.1 100% a lie");
  }

  @Test
  void troubleMeansThatTheClientTriesAgain() throws IOException {
    judge =
        _ -> {
          throw new IllegalStateException("the store is away");
        };
    assertThat(send(MESSAGE, "ap@corp.example"))
        .isEqualTo("451 4.7.1 cannot be looked at now, try again later");
  }

  @Test
  void P1_whatIsHeldInTheQueueIsInQuarantineWithItsCaseAndIsNotSent() throws IOException {
    judge = _ -> Milters.held();

    assertThat(send(MESSAGE, "held@corp.example")).startsWith("250");
    judge = _ -> Milters.pass();
    assertThat(send(MESSAGE, "later@corp.example")).startsWith("250");

    assertThat(sendmail.quarantined()).containsExactly("held for approval as PN-7F3K-2QXD");
    takenFor("later@corp.example");
    assertThat(sendmail.nextHop().taken())
        .noneMatch(it -> it.recipients().contains("held@corp.example"));
  }

  @Test
  void whatIsHeldInTheStoreIsTakenAndGoesNowhere() throws IOException {
    try (Milters keeping =
            Milters.judging(
                it -> Milters.keeping(it, new MilterSettings.Keeping.InStore()),
                message ->
                    message.envelope().recipients().toString().contains("held@")
                        ? Milters.held()
                        : Milters.pass());
        SendmailServer own = SendmailServer.start(mc(keeping));
        RawSmtpClient client = own.client()) {
      for (String to : List.of("held@corp.example", "ap@corp.example")) {
        client.begin("ben@partner.example", to);
        assertThat(client.data(MESSAGE.getBytes(ISO_8859_1))).startsWith("250");
      }

      assertThat(own.nextHop().await(1))
          .singleElement()
          .satisfies(it -> assertThat(it.recipients()).containsExactly("ap@corp.example"));
      assertThat(own.quarantined()).isEmpty();
    }
  }

  @Test
  void manyMessagesOfOneClientAndAbortsBetweenThemAreKeptApart() throws IOException {
    int seen = milter.seen.size();
    try (RawSmtpClient client = sendmail.client()) {
      client.begin("ben@partner.example", "ap@corp.example");
      client.say("RSET");
      client.say("XYZZY"); // which Sendmail shows as an unknown command
      for (String n : List.of("one", "two", "three")) {
        client.begin("ben@partner.example", n + "@corp.example");
        assertThat(client.data(MESSAGE.replace("hello", n).getBytes(ISO_8859_1))).startsWith("250");
      }
      client.begin("ben@partner.example", "ap@corp.example");
      client.say("DATA");
      client.write("Subject: cut off\r\n");
    }
    List<Message> messages = milter.seen.subList(seen, milter.seen.size());
    assertThat(messages)
        .extracting(it -> it.envelope().recipients().toString())
        .containsExactly("[one@corp.example]", "[two@corp.example]", "[three@corp.example]");
  }

  @Test
  void whileTheMilterIsAwayClientsAreToldToTryAgain() throws IOException {
    Milters first = Milters.judging(_ -> Milters.pass());
    try (SendmailServer own = SendmailServer.start(mc(first))) {
      first.close();
      try (RawSmtpClient client = own.client()) {
        client.sayAll("EHLO client.example");
        assertThat(client.say("MAIL FROM:<ben@partner.example>")).startsWith("451 4.3.2");
      }
    } finally {
      first.close();
    }
  }
}
