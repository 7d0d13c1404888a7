package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.limits;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.intake.SmtpReply;
import dev.postern.mail.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SmtpBoundsTest extends ListenerCase {
  private static final int FIFTY_MEGABYTES = 50 << 20;

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
        .allMatch(
            t -> new String(t.raw().octets(), US_ASCII).contains(t.envelope().mailFromText()));
  }

  @Test
  void fiftyMegabytesAreTakenOctetForOctet() throws IOException {
    byte[] message = new byte[FIFTY_MEGABYTES];
    byte[] line =
        ".seventy-six octets, the first of them a dot, as an attachment has them...\r\n"
            .getBytes(US_ASCII);
    for (int at = 0; at < message.length; at += line.length) {
      System.arraycopy(line, 0, message, at, Math.min(line.length, message.length - at));
    }
    var large = new SmtpSettings.Limits(51 << 20, 100, 60, 256 << 20, Duration.ofSeconds(20));
    try (SmtpListener roomy = listener(settings(Network.LOOPBACK, large), sink);
        RawSmtpClient mine = client(roomy)) {
      assertThat(mine.begin("a@b.example", "c@d.example").data(message)).startsWith("250");
    }
    byte[] came = taken.getFirst().raw().octets();
    assertThat(Arrays.copyOf(came, message.length)).isEqualTo(message);
    assertThat(came.length - message.length).as("a line end").isLessThanOrEqualTo(2);
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
