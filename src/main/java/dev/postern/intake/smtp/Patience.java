package dev.postern.intake.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.Session;

/**
 * Hangs up on clients that take too long for a whole command or a whole message. The timeout of a
 * socket does not: a client that sends an octet now and then would keep its connection for ever.
 */
final class Patience implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final Duration OFTEN = Duration.ofMillis(500);

  private final Duration command;
  private final Duration message;
  private final Map<Session, Wait> waits = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("smtp-patience").factory());
  private final Future<?> rounds;

  /** Below TLS, since its own closing may wait for the peer. */
  private static final class Wait {
    private final Socket plain;
    private volatile long until;

    private Wait(Socket plain, long until) {
      this.plain = plain;
      this.until = until;
    }
  }

  Patience(SmtpSettings.Limits limits) {
    command = limits.idle();
    message = limits.message();
    rounds =
        watch.scheduleWithFixedDelay(
            this::hangUp, OFTEN.toMillis(), OFTEN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A client has come. */
  void begin(Session session) {
    waits.put(session, new Wait(session.getSocket(), after(command)));
  }

  /** It may take its time for the next command, or to read our reply. */
  void command(Session session) {
    until(session, after(command));
  }

  /** It may take its time for the message. */
  void message(Session session) {
    until(session, after(message));
  }

  /** It waits for us. */
  void ours(Session session) {
    until(session, after(Duration.ofDays(1)));
  }

  /** It has gone. */
  void end(Session session) {
    waits.remove(session);
  }

  @Override
  public void close() {
    rounds.cancel(false);
    watch.shutdownNow();
  }

  private void until(Session session, long until) {
    Wait wait = waits.get(session);
    if (wait != null) {
      wait.until = until;
    }
  }

  private static long after(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  private void hangUp() {
    long now = System.nanoTime();
    waits.forEach(
        (session, wait) -> {
          if (wait.plain.isClosed() || wait.until - now < 0) {
            waits.remove(session);
            close(wait.plain);
          }
        });
  }

  private static void close(Socket socket) {
    if (socket.isClosed()) {
      return;
    }
    log.info("smtp client takes too long event=smtp.slow client={}", socket.getInetAddress());
    try {
      socket.close();
    } catch (IOException gone) {
      // That is what was wanted.
    }
  }
}
