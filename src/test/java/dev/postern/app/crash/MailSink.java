package dev.postern.app.crash;

import dev.postern.intake.SmtpReply;
import dev.postern.intake.smtp.SmtpListener;
import dev.postern.intake.smtp.SmtpSettings;
import dev.postern.mail.Envelope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** The mail server behind Postern: counts what it takes for each recipient. */
final class MailSink implements AutoCloseable {
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final AtomicLong all = new AtomicLong();
  private final SmtpListener listener;

  MailSink() {
    listener =
        new SmtpListener(
            new SmtpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "sink.test",
                "sink",
                Set.of(),
                SmtpSettings.Limits.usual()),
            (envelope, _) -> take(envelope));
    listener.start();
  }

  int port() {
    return listener.port();
  }

  /** Mail for this recipient is taken, but the reply waits until the gate is opened. */
  CountDownLatch holdReply(String recipient) {
    CountDownLatch gate = new CountDownLatch(1);
    gates.put(recipient, gate);
    return gate;
  }

  int taken(String recipient) {
    return taken.getOrDefault(recipient, 0);
  }

  /** How often each recipient got something. */
  Map<String, Integer> taken() {
    return Map.copyOf(taken);
  }

  private SmtpReply take(Envelope envelope) {
    String to = envelope.recipients().getFirst().toString();
    taken.merge(to, 1, Integer::sum);
    CountDownLatch gate = gates.get(to);
    if (gate != null) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return new SmtpReply(250, "2.0.0 Ok: queued as " + all.incrementAndGet());
  }

  @Override
  public void close() {
    gates.values().forEach(CountDownLatch::countDown);
    listener.stop(Duration.ofSeconds(2));
  }
}
