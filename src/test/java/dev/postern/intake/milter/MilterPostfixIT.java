package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.PassedByGrant;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.PostfixServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real Postfix that is set up by the lines of the documentation. */
class MilterPostfixIT {
  private static final Path SAMPLES =
      Path.of(System.getProperty("postern.samples", "../shared/mailinfra/samples/messages"));
  private static final String MESSAGE =
      "From: ben@partner.example\r\nSubject:  two  blanks\r\n\r\nhello\r\n";

  private static Function<Message, Judgement> judge = _ -> Milters.pass();

  @SuppressWarnings("NullAway.Init")
  private static Milters milter;

  @SuppressWarnings("NullAway.Init")
  private static PostfixServer postfix;

  @BeforeAll
  static void start() {
    DebianPackage.needed("postfix", "/usr/sbin/postfix");
    milter = Milters.judging(message -> judge.apply(message));
    String lines =
        DocumentedLines.of("milter.md").withPort(8893, milter.port()).linesFor("main.cf");
    postfix = PostfixServer.with().mainCf(lines).start();
  }

  @AfterAll
  static void stop() {
    if (postfix != null) {
      postfix.close();
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
    return send(message.getBytes(ISO_8859_1), "ben@partner.example", to);
  }

  private static String send(byte[] message, String from, String... to) throws IOException {
    try (RawSmtpClient client = postfix.clientAt("192.0.2.50", "mail.partner.example")) {
      return client.begin(from, to).data(message);
    }
  }

  /** What was delivered to this one; mail of other tests may still be on its way. */
  private static NextHopServer.Taken takenFor(String recipient) {
    for (int i = 0; ; i++) {
      NextHopServer.Taken taken = postfix.nextHop().await(i + 1).get(i);
      if (taken.recipients().contains(recipient)) {
        return taken;
      }
    }
  }

  private static String text(NextHopServer.Taken taken) {
    return new String(taken.octets().octets(), ISO_8859_1);
  }

  @Test
  void difficultMessagesAreRebuiltOctetForOctet() throws IOException {
    DebianPackage.samplesNeeded(SAMPLES);
    Map<String, JsonNode> envelopes = new HashMap<>();
    new ObjectMapper()
        .readTree(Files.readAllBytes(SAMPLES.resolve("index.json")))
        .forEach(it -> envelopes.put(it.get("file").asText(), it));
    try (Stream<Path> files = Files.list(SAMPLES)) {
      List<Path> messages = files.filter(it -> it.toString().endsWith(".eml")).sorted().toList();
      assertThat(messages).hasSize(20);
      for (Path file : messages) {
        byte[] octets = Files.readAllBytes(file);
        JsonNode sample = requireNonNull(envelopes.get(file.getFileName().toString()));
        String from = sample.get("mail_from").asText();

        assertThat(send(octets, from, "ap@corp.example")).startsWith("250");

        Message seen = milter.seen.getLast();
        assertThat(seen.raw().octets()).as(file.toString()).isEqualTo(octets);
        assertThat(seen.envelope().mailFromText()).isEqualTo(from);
        assertThat(seen.envelope().clientIp().getHostAddress()).isEqualTo("192.0.2.50");
        assertThat(seen.envelope().helo()).isEqualTo("client.example");
      }
    }
  }

  @Test
  void whatPassesHasResultsOnTopAndBelowItWhatCameOctetForOctet() throws IOException {
    assertThat(send(MESSAGE, "passes@corp.example")).startsWith("250 2.0.0 Ok: queued as ");

    String delivered = text(takenFor("passes@corp.example"));
    assertThat(delivered)
        .startsWith("Authentication-Results: mx.corp.example;\r\n spf=pass ")
        .endsWith(MESSAGE);
    assertThat(delivered.indexOf("Received:")).isGreaterThan(0);
  }

  @Test
  void fieldsThatSpeakInOurNameAreGoneAndOthersStay() throws IOException {
    judge = _ -> PassedByGrant.judgement();
    String forged =
        String.join(
            "\r\n",
            "Authentication-Results: mx.corp.example; dmarc=pass",
            "Authentication-Results: other.example; spf=pass",
            "X-Postern-Case: PN-0000-0000",
            "X-Postern-Grant: PG-0000-0000",
            "authentication-results:(hi)",
            " mx.corp.example; dkim=pass header.d=bank.example",
            MESSAGE);

    assertThat(send(forged, "fields@corp.example")).startsWith("250");

    assertThat(text(takenFor("fields@corp.example")))
        .endsWith("\r\nAuthentication-Results: other.example; spf=pass\r\n" + MESSAGE)
        .contains("\r\nX-Postern-Grant: " + PassedByGrant.FIELD + "\r\n")
        .doesNotContain("0000-0000", "dmarc=pass\r\n", "bank.example");
  }

  @Test
  void aRejectReachesTheClientInTheWordsOfTheRule() throws IOException {
    judge = _ -> Milters.reject("100% a lie");
    assertThat(send(MESSAGE, "ap@corp.example")).isEqualTo("550 5.7.1 100% a lie");
    assertThat(postfix.queue()).noneMatch(line -> line.contains("100%"));
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
  void P1_whatIsHeldIsOnHoldWithItsCaseAndLeavesWhenItIsReleased() throws IOException {
    judge = _ -> Milters.held();

    String reply = send(MESSAGE, "asked@corp.example", "cfo@corp.example");
    String queueId = reply.replaceFirst(".* ", "");

    Message seen = milter.seen.getLast();
    assertThat(seen.ref().id()).isEqualTo(queueId);
    assertThat(seen.ref().source()).isEqualTo("postfix");
    assertThat(postfix.queue())
        .filteredOn(line -> line.contains(queueId))
        .singleElement()
        .asString()
        .contains("\"queue_name\": \"hold\"");
    assertThat(postfix.command("postcat", "-qh", queueId).orFail())
        .contains("\nX-Postern-Case: PN-7F3K-2QXD\n")
        .startsWith("Authentication-Results: mx.corp.example;");

    postfix.command("postsuper", "-H", queueId);
    postfix.command("postqueue", "-i", queueId).orFail();
    NextHopServer.Taken taken = takenFor("asked@corp.example");
    assertThat(taken.recipients()).containsExactly("asked@corp.example", "cfo@corp.example");
    assertThat(text(taken)).endsWith(MESSAGE);
  }

  @Test
  void manyMessagesOfOneClientAndAbortsBetweenThemAreKeptApart() throws IOException {
    int seen = milter.seen.size();
    try (RawSmtpClient client = postfix.clientAt("192.0.2.50", "mail.partner.example")) {
      client.begin("ben@partner.example", "ap@corp.example");
      client.say("RSET");
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
    assertThat(messages)
        .extracting(it -> new String(it.raw().octets(), ISO_8859_1).endsWith("hello\r\n"))
        .containsOnly(false);
  }

  @Test
  void aMessageOfManyPartsArrivesWhole_andOnePastTheLimitIsPutOff() throws IOException {
    byte[] line = "0123456789".repeat(7).concat("\r\n").getBytes(ISO_8859_1);
    byte[] head = "From: ben@partner.example\r\n\r\n".getBytes(ISO_8859_1);
    byte[] fits = repeated(head, line, 14_000);
    assertThat(send(fits, "ben@partner.example", "ap@corp.example")).startsWith("250");
    assertThat(milter.seen.getLast().raw().octets()).isEqualTo(fits);

    byte[] tooLarge = repeated(head, line, 15_000);
    assertThat(send(tooLarge, "ben@partner.example", "ap@corp.example")).startsWith("451 4.7.1");
  }

  private static byte[] repeated(byte[] head, byte[] line, int times) {
    byte[][] parts = new byte[times + 1][];
    parts[0] = head;
    java.util.Arrays.fill(parts, 1, parts.length, line);
    return AnMta.join(parts);
  }

  @Test
  void mailOfPeopleWhoSignedInIsNotShown() throws IOException {
    judge = _ -> Milters.reject("no");
    try (RawSmtpClient client = postfix.client()) {
      client.sayAll("EHLO localhost");
      client.say("XCLIENT NAME=[UNAVAILABLE] ADDR=203.0.113.99 HELO=laptop LOGIN=eva@corp.example");
      client.begin("eva@corp.example", "anna@partner.example");
      assertThat(client.data(MESSAGE.getBytes(ISO_8859_1))).startsWith("250");
    }
  }

  @Test
  void theMilterGoesAndComesBackAndMeanwhileClientsAreToldToTryAgain() throws IOException {
    Milters first = Milters.judging(_ -> Milters.pass());
    int port = first.port();
    try (PostfixServer second = PostfixServer.with().mainCf(mainCf(port)).start()) {
      first.close();
      try (RawSmtpClient client = second.client()) {
        client.sayAll("EHLO client.example");
        assertThat(client.say("MAIL FROM:<ben@partner.example>")).startsWith("451 4.7.1");
      }
      try (Milters back = Milters.judging(it -> Milters.at(it, port), _ -> Milters.pass());
          RawSmtpClient client = second.clientAt("192.0.2.50", "mail.partner.example")) {
        client.begin("ben@partner.example", "ap@corp.example");
        assertThat(client.data(MESSAGE.getBytes(ISO_8859_1))).startsWith("250");
        assertThat(back.seen).hasSize(1);
      }
    } finally {
      first.close();
    }
  }

  private static String mainCf(int port) {
    return DocumentedLines.of("milter.md").withPort(8893, port).linesFor("main.cf");
  }
}
