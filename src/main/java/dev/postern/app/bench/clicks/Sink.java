package dev.postern.app.bench.clicks;

import dev.postern.intake.SmtpReply;
import dev.postern.intake.smtp.SmtpListener;
import dev.postern.intake.smtp.SmtpSettings;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The mail system behind Postern: takes what is released and counts it for each recipient. Every
 * case has a recipient of its own, so that this counts effects.
 */
final class Sink implements AutoCloseable {
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private final AtomicLong all = new AtomicLong();
  private final SmtpListener listener;

  Sink() {
    listener =
        new SmtpListener(
            new SmtpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "sink.bench.example",
                "sink",
                Set.of(),
                SmtpSettings.Limits.usual()),
            (envelope, _) -> take(envelope));
    listener.start();
  }

  int port() {
    return listener.port();
  }

  /** How often mail for this recipient was taken. */
  int taken(String recipient) {
    return taken.getOrDefault(recipient, 0);
  }

  /** How many messages were taken in all. */
  long taken() {
    return all.get();
  }

  private SmtpReply take(Envelope envelope) {
    for (EmailAddress to : envelope.recipients()) {
      taken.merge(to.toString(), 1, Integer::sum);
    }
    return new SmtpReply(250, "2.0.0 Ok: queued as " + all.incrementAndGet());
  }

  @Override
  public void close() {
    listener.stop(Duration.ofSeconds(2));
  }
}
