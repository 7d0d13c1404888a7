package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.limits;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.settings;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpListenerTest {
  private static final byte[] MAIL = "Subject: hi\r\n\r\nHello\r\n".getBytes(US_ASCII);

  private record Taken(Envelope envelope, RawMessage raw) {}

  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final MessageSink sink =
      (envelope, raw) -> {
        taken.add(new Taken(envelope, raw));
        return new SmtpReply(250, "2.0.0 Ok");
      };

  @SuppressWarnings("NullAway.Init")
  private SmtpListener listener;

  @SuppressWarnings("NullAway.Init")
  private RawSmtpClient client;

  @BeforeEach
  void start() throws IOException {
    listener = listener(settings(), sink);
    client = client(listener);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    listener.close();
  }

  @Test
  void ehloAnnouncesWhatIsKept() throws IOException {
    assertThat(client.sayAll("EHLO client.example"))
        .containsExactly(
            "250-mx.corp.example",
            "250-PIPELINING",
            "250-SIZE 1048576",
            "250-XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE",
            "250-ENHANCEDSTATUSCODES",
            "250-8BITMIME",
            "250 SMTPUTF8");
    assertThat(client.say("HELO client.example")).isEqualTo("250 mx.corp.example");
    assertThat(client.say("BDAT 10 LAST")).startsWith("502");
    assertThat(client.say("STARTTLS")).startsWith("502");
    assertThat(client.say("WHAT")).startsWith("500");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n...\r\na.\r\n.\r\n",
        ".first line is a dot\r\n\r\nbody\r\n",
        ".\r\n",
        "",
        "\r\n",
        "Subject: 8 bit \u00fc\u00ff\u0080\r\n\r\n\u0001\u007f\u0000\r\n",
        "Subject: bare\r\n\r\nline feed\nand\rreturn\r\r\n\n\r\n",
        "Subject: end\r\n\r\n\r\r\n",
      })
  void octetsComeInUnchanged(String message) throws IOException {
    byte[] octets = message.getBytes(ISO_8859_1);
    assertThat(client.begin("a@b.example", "c@d.example").data(octets)).isEqualTo("250 2.0.0 Ok");
    assertThat(taken).singleElement().satisfies(t -> assertThat(t.raw.octets()).isEqualTo(octets));
  }

  @Test
  void aMessageInManySmallPiecesIsTheSame() throws IOException {
    byte[] octets = ("Subject: x\r\n\r\n" + ".\r\n..\r\nx".repeat(50) + "\r\n").getBytes(US_ASCII);
    client.begin("a@b.example", "c@d.example");
    assertThat(client.say("DATA")).startsWith("354");
    for (byte octet : "Subject: x\r\n\r\n..\r\n...\r\nx".getBytes(US_ASCII)) {
      client.write(new byte[] {octet});
    }
    client.write("\r\n.\r\n");
    assertThat(client.reply()).startsWith("250");
    assertThat(new String(taken.getFirst().raw.octets(), US_ASCII))
        .isEqualTo("Subject: x\r\n\r\n.\r\n..\r\nx\r\n");
    assertThat(client.begin("a@b.example", "c@d.example").data(octets)).startsWith("250");
    assertThat(taken.get(1).raw.octets()).isEqualTo(octets);
  }

  @Test
  void aWholePipelinedSessionIsAnsweredInOrder() throws IOException {
    String transaction =
        String.join(
            "\r\n",
            List.of(
                "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA", "x: 1", "", ".", ""));
    client.write("EHLO x.example\r\n" + transaction + transaction + "QUIT\r\n");
    assertThat(client.rest().lines().filter(l -> l.charAt(3) == ' ').map(l -> l.substring(0, 3)))
        .containsExactly("250", "250", "250", "354", "250", "250", "250", "354", "250", "221");
    assertThat(taken).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r.\n"})
  void smuggledEndIsContentAndTheMessageIsRefused(String end) throws IOException {
    client.begin("a@b.example", "c@d.example");
    String inner = "MAIL FROM:<boss@corp.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nevil\r\n";
    assertThat(client.say("DATA")).startsWith("354");
    client.write("Subject: x\r\n\r\nbody" + end + inner + ".\r\n");
    assertThat(client.reply()).startsWith("550 5.5.2 a lone dot");
    assertThat(client.say("NOOP")).startsWith("250");
    assertThat(taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n.\n", "\r\n.\r", "\n..\r\n", "\n.x\r\n"})
  void otherDotsNearBareLineBreaksAreContent(String middle) throws IOException {
    client.begin("a@b.example", "c@d.example");
    assertThat(client.say("DATA")).startsWith("354");
    client.write("Subject: x\r\n\r\nbody" + middle + "MAIL FROM:<boss@corp.example>\r\n.\r\n");
    assertThat(client.reply()).startsWith("250");
    assertThat(client.say("NOOP")).startsWith("250");
    assertThat(new String(taken.getFirst().raw.octets(), US_ASCII))
        .endsWith("MAIL FROM:<boss@corp.example>\r\n");
  }

  @Test
  void sizeIsCheckedAtMailAndWhileReading() throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example> SIZE=1048577")).startsWith("552 5.3.4");
    assertThat(client.say("MAIL FROM:<a@b.example> SIZE=99999999999999999999")).startsWith("552");
    assertThat(client.say("MAIL FROM:<a@b.example> SIZE=x")).startsWith("501");
    byte[] large = ("Subject: x\r\n\r\n" + "x\r\n".repeat(400_000)).getBytes(US_ASCII);
    assertThat(client.begin("a@b.example", "c@d.example").data(large)).startsWith("552 5.3.4");
    assertThat(client.begin("a@b.example", "c@d.example").data(MAIL)).startsWith("250");
    assertThat(taken).hasSize(1);
  }

  @Test
  void aMessageThatNeverEndsLosesItsConnection() throws IOException {
    client.begin("a@b.example", "c@d.example");
    assertThat(client.say("DATA")).startsWith("354");
    byte[] block = new byte[1 << 16];
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                client.write(block);
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(taken).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL FROM:<nobody>| 553 5.1.7 a mailbox needs a domain",
        "MAIL FROM:<a@b@>| 553 5.1.7 not a mailbox",
        "MAIL FROM:<a b@c.example>| 553 5.1.7",
        "MAIL FROM:<a@[192.0.2.1]>| 553 5.1.7",
        "MAIL FROM:a@b.example| 501 5.5.4",
        "MAIL FROM:<a@b.example| 501 5.5.4",
        "MAIL TO:<a@b.example>| 501 5.5.4",
        "MAIL FROM:<a@b.example> BODY=BINARYMIME| 501 5.5.4 BODY",
        "MAIL FROM:<a@b.example> REQUIRETLS| 555 5.5.4",
        "MAIL FROM:<jörg@b.example>| 553 5.6.7",
        "RCPT TO:<a@b.example>| 503 5.5.1",
        "DATA| 503 5.5.1",
        "MAIL| 501 5.5.4",
      })
  void badCommandsAreRefusedInClearWords(String command, String reply) throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say(command)).startsWith(reply);
    assertThat(client.say("NOOP")).startsWith("250");
  }

  @Test
  void pathsOfEveryAllowedFormAreRead() throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say("mail from:<> size=100 BODY=8BITMIME SMTPUTF8")).startsWith("250");
    assertThat(client.say("RCPT TO:<>")).startsWith("501 5.1.3");
    for (String path :
        List.of(
            "<plus+tag@Example.COM>",
            "<@relay.example,@other.example:routed@b.example>",
            "<j\u00f6rg@b\u00fccher.example>",
            "<..dots..@b.example>",
            "<\"quoted local\"@b.example>")) {
      assertThat(client.say("RCPT TO:" + path)).as(path).startsWith("250");
    }
    assertThat(client.data(MAIL)).startsWith("250");
    Envelope envelope = taken.getFirst().envelope;
    assertThat(envelope.mailFrom()).isEmpty();
    assertThat(envelope.recipients())
        .map(EmailAddress::toString)
        .containsExactly(
            "plus+tag@example.com",
            "routed@b.example",
            "j\u00f6rg@xn--bcher-kva.example",
            "..dots..@b.example",
            "\"quoted local\"@b.example");
  }

  @Test
  void theHundredAndFirstRecipientIsPutOff() throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("250");
    for (int i = 0; i < limits().recipients(); i++) {
      assertThat(client.say("RCPT TO:<r" + i + "@b.example>")).startsWith("250");
    }
    assertThat(client.say("RCPT TO:<late@b.example>")).startsWith("452 4.5.3");
    assertThat(client.data(MAIL)).startsWith("250");
    assertThat(taken.getFirst().envelope.recipients()).hasSize(limits().recipients());
  }

  @Test
  void aRefusedMessageLeavesTheConnectionReady() throws IOException {
    try (SmtpListener refusing = listener(settings(), (_, _) -> new SmtpReply(550, "5.7.1 no"));
        RawSmtpClient mine = client(refusing)) {
      assertThat(mine.begin("a@b.example", "c@d.example").data(MAIL)).isEqualTo("550 5.7.1 no");
      assertThat(mine.say("MAIL FROM:<a@b.example>")).startsWith("250");
    }
  }

  @Test
  void aClientThatLeavesWithinTheMessageDeliversNothing() throws IOException {
    client.begin("a@b.example", "c@d.example");
    assertThat(client.say("DATA")).startsWith("354");
    client.write("Subject: x\r\n\r\nhalf");
    client.close();
    try (RawSmtpClient next = client(listener)) {
      assertThat(next.begin("a@b.example", "c@d.example").data(MAIL)).startsWith("250");
    }
    assertThat(taken).hasSize(1);
  }

  @Test
  void fiftyClientsAtOnceAreAllServed() throws Exception {
    CountDownLatch together = new CountDownLatch(50);
    List<Future<String>> replies = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        String sender = "s" + i + "@b.example";
        Callable<String> session =
            () -> {
              try (RawSmtpClient mine = client(listener)) {
                mine.begin(sender, "c@d.example");
                together.countDown();
                together.await();
                return mine.data(("Subject: " + sender + "\r\n\r\n").getBytes(US_ASCII));
              }
            };
        replies.add(threads.submit(session));
      }
      for (Future<String> reply : replies) {
        assertThat(reply.get()).isEqualTo("250 2.0.0 Ok");
      }
    }
    assertThat(taken).hasSize(50);
    assertThat(taken)
        .allMatch(t -> new String(t.raw.octets(), US_ASCII).contains(t.envelope.mailFromText()));
  }

  @Test
  void P16_pastTheBoundOfConnectionsIs421() throws IOException {
    var few = new SmtpSettings.Limits(1 << 20, 100, 2, 8 << 20, Duration.ofSeconds(20));
    try (SmtpListener small = listener(settings(Network.LOOPBACK, few), sink);
        RawSmtpClient first = client(small);
        RawSmtpClient second = client(small);
        RawSmtpClient third = new RawSmtpClient(small.port())) {
      assertThat(third.reply()).startsWith("421");
      assertThat(first.say("NOOP")).startsWith("250");
      assertThat(second.say("NOOP")).startsWith("250");
    }
  }

  @Test
  void P16_pastTheBoundOfMemoryIs451AndMemoryComesBack() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    MessageSink slow =
        (_, raw) -> {
          if (raw.size() > 500_000) {
            held.countDown();
            await(go);
          }
          return new SmtpReply(250, "2.0.0 Ok");
        };
    byte[] large = ("Subject: x\r\n\r\n" + "x\r\n".repeat(300_000)).getBytes(US_ASCII);
    var tight = new SmtpSettings.Limits(1 << 20, 100, 10, 2 << 20, Duration.ofSeconds(20));
    try (SmtpListener small = listener(settings(Network.LOOPBACK, tight), slow);
        RawSmtpClient first = client(small);
        RawSmtpClient second = client(small);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> reply =
          threads.submit(() -> first.begin("a@b.example", "c@d.example").data(large));
      held.await();
      assertThat(second.begin("a@b.example", "c@d.example").data(large)).startsWith("451 4.3.1");
      go.countDown();
      assertThat(reply.get()).startsWith("250");
      assertThat(second.begin("a@b.example", "c@d.example").data(large)).startsWith("250");
    }
  }

  @Test
  void xforwardOfATrustedRelayNamesTheClientForOneTransaction() throws IOException {
    assertThat(client.say("EHLO relay.example")).startsWith("250");
    assertThat(client.say("XFORWARD NAME=mail.partner.example ADDR=IPV6:2001:db8::1"))
        .startsWith("250");
    assertThat(
            client.say("xforward PROTO=ESMTP helo=partner+2Bplus.example SOURCE=REMOTE IDENT=4jYM"))
        .startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("250");
    assertThat(client.say("XFORWARD ADDR=192.0.2.1")).startsWith("503");
    assertThat(client.say("RCPT TO:<c@d.example>")).startsWith("250");
    assertThat(client.data(MAIL)).startsWith("250");
    assertThat(taken.getFirst().envelope.clientIp())
        .isEqualTo(InetAddress.ofLiteral("2001:db8::1"));
    assertThat(taken.getFirst().envelope.helo()).isEqualTo("partner+plus.example");

    assertThat(client.say("XFORWARD ADDR=[UNAVAILABLE] HELO=[UNAVAILABLE]")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("250");
    assertThat(client.say("RCPT TO:<c@d.example>")).startsWith("250");
    assertThat(client.data(MAIL)).startsWith("250");
    assertThat(taken.get(1).envelope.clientIp().isLoopbackAddress()).isTrue();
    assertThat(taken.get(1).envelope.helo()).isEqualTo("relay.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XFORWARD",
        "XFORWARD ADDR",
        "XFORWARD ADDR=mail.example",
        "XFORWARD COLOUR=blue",
        "XFORWARD HELO=a+0",
        "XFORWARD HELO=a+0D+0Ab",
      })
  void malformedXforwardIsRefused(String command) throws IOException {
    assertThat(client.say(command)).startsWith("501 5.5.4");
  }

  @Test
  void xforwardOfAnybodyElseIsRefusedAndNotOffered() throws IOException {
    Set<Network> elsewhere = Set.of(Network.parse("192.0.2.0/24").orElseThrow());
    try (SmtpListener strict = listener(settings(elsewhere, limits()), sink);
        RawSmtpClient mine = client(strict)) {
      assertThat(mine.sayAll("EHLO x.example")).noneMatch(l -> l.contains("XFORWARD"));
      assertThat(mine.say("XFORWARD ADDR=192.0.2.1")).startsWith("550 5.7.0");
      assertThat(mine.begin("a@b.example", "c@d.example").data(MAIL)).startsWith("250");
    }
    assertThat(taken.getFirst().envelope.clientIp().isLoopbackAddress()).isTrue();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var wanted =
          new SmtpSettings(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), other.getLocalPort()),
              "mx.example",
              "Postern",
              Set.of(),
              limits());
      assertThatThrownBy(() -> listener(wanted, sink))
          .hasMessageContaining(String.valueOf(other.getLocalPort()));
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
