package dev.postern.quarantine.postfix;

import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.LogTail;
import dev.postern.quarantine.MailLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Follows messages through the log. */
final class Trails {
  private static final Duration BETWEEN = Duration.ofMillis(10);

  /** The lines of other processes may come behind the one that ends a message. */
  private static final Duration STRAGGLERS = Duration.ofMillis(500);

  private final Duration patience;

  /**
   * @param patience how long a delivery is waited for
   */
  Trails(Duration patience) {
    this.patience = patience;
  }

  /** Lines of one message, in those pieces of the log that were written to since then. */
  static List<LogLine> of(MailLog log, QueueId id, Instant since) {
    return about(log.since(since, text -> text.contains(id.text())), id);
  }

  /**
   * The same, without what the pieces of the log tell of earlier times. Where the clocks or zones
   * of log and Postern differ, lines may be missed: so this is for what is to be proved, not for
   * what must not happen twice.
   */
  static List<LogLine> writtenSince(MailLog log, QueueId id, Instant since) {
    ZoneId zone = ZoneId.systemDefault();
    return about(
        log.since(since, text -> text.contains(id.text()) && LogTime.notBefore(text, since, zone)),
        id);
  }

  private static List<LogLine> about(List<String> lines, QueueId id) {
    return lines.stream()
        .flatMap(line -> LogLine.parse(line).stream())
        .filter(line -> line.id().equals(id))
        .toList();
  }

  /** Reads what is written of a message until each of these has a word, or patience ends. */
  Trail await(LogTail tail, QueueId id, Collection<EmailAddress> recipients) {
    Trail trail = new Trail();
    long now = System.nanoTime();
    long deadline = now + patience.toNanos();
    while (now < deadline && !trail.tellsOf(recipients)) {
      boolean ended = trail.ended();
      trail.follow(about(tail.more(), id));
      if (trail.ended() && !ended) {
        deadline = Math.min(deadline, now + STRAGGLERS.toNanos());
      }
      if (!trail.tellsOf(recipients)) {
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
      now = System.nanoTime();
    }
    return trail;
  }
}
