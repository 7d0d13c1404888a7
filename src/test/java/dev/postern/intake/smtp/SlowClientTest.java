package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.intake.SmtpReply;
import dev.postern.mail.Network;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** P16: clients that send an octet now and then. The clients here are never silent for long. */
@Timeout(60)
class SlowClientTest {
  private static final SmtpSettings.Limits IMPATIENT =
      new SmtpSettings.Limits(
          1 << 20, 100, 2, 8 << 20, Duration.ofSeconds(2), Duration.ofSeconds(3));

  @Test
  void P16_aCommandThatNeverEndsIsCutOff() throws Exception {
    try (SmtpListener listener = impatient();
        RawSmtpClient slow = client(listener)) {
      assertThat(drip(slow, "E", Duration.ofSeconds(20))).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void P16_aMessageThatNeverEndsIsCutOffAndNotTaken() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    MessageSink counting =
        (_, _) -> {
          taken.incrementAndGet();
          return new SmtpReply(250, "2.0.0 Ok");
        };
    try (SmtpListener listener = listener(settings(Network.LOOPBACK, IMPATIENT), counting);
        RawSmtpClient slow = client(listener)) {
      slow.begin("a@b.example", "c@d.example");
      assertThat(slow.say("DATA")).startsWith("354");
      assertThat(drip(slow, "x", Duration.ofSeconds(20))).isLessThan(Duration.ofSeconds(10));
    }
    assertThat(taken).hasValue(0);
  }

  @Test
  void P16_theirConnectionsAreFreeAgain() throws Exception {
    try (SmtpListener listener = impatient();
        RawSmtpClient one = client(listener);
        RawSmtpClient other = client(listener)) {
      drip(one, "E", Duration.ofSeconds(20));
      drip(other, "E", Duration.ofSeconds(20));
      try (RawSmtpClient third = new RawSmtpClient(listener.port())) {
        assertThat(third.reply()).startsWith("220");
      }
    }
  }

  @Test
  void aClientThatWaitsForUsIsNotCutOff() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    MessageSink slowDesk =
        (_, _) -> {
          await(never, Duration.ofSeconds(5));
          return new SmtpReply(250, "2.0.0 Ok");
        };
    try (SmtpListener listener = listener(settings(Network.LOOPBACK, IMPATIENT), slowDesk);
        RawSmtpClient client = client(listener)) {
      client.begin("a@b.example", "c@d.example");
      assertThat(client.data("Subject: x\r\n\r\n".getBytes(US_ASCII))).startsWith("250");
      assertThat(client.say("NOOP")).startsWith("250");
    }
  }

  private static SmtpListener impatient() {
    return listener(
        settings(Network.LOOPBACK, IMPATIENT), (_, _) -> new SmtpReply(250, "2.0.0 Ok"));
  }

  /** Sends an octet every 100 ms until the server hangs up; how long that took. */
  private static Duration drip(RawSmtpClient client, String octet, Duration atMost)
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < atMost.toNanos()) {
      try {
        client.write(octet);
      } catch (IOException hungUp) {
        break;
      }
      await(never, Duration.ofMillis(100));
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void await(CountDownLatch latch, Duration time) {
    try {
      latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
