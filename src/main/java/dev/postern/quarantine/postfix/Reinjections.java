package dev.postern.quarantine.postfix;

import dev.postern.quarantine.MailLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which messages a held one was already handed back as. Postfix logs the old id beside each new one
 * at the first recipient, also where the transfer was cut off later; accepted is only what its
 * queue manager took up.
 */
final class Reinjections {
  /** A connection that was lost behind the dot: its message may still be on its way to the log. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private static final Pattern ORIGIN =
      Pattern.compile("client=[^,]*, orig_queue_id=([0-9A-Za-z]+)(?:, .*)?");

  private final MailLog log;

  Reinjections(MailLog log) {
    this.log = log;
  }

  /** Trails of those that Postfix accepted since then; waits a moment where there is none. */
  List<Trail> accepted(QueueId old, Instant since) {
    List<Trail> first = look(old, since);
    if (!first.isEmpty()) {
      return first;
    }
    LockSupport.parkNanos(SETTLED.toNanos());
    return look(old, since);
  }

  private List<Trail> look(QueueId old, Instant since) {
    Set<QueueId> fresh = new LinkedHashSet<>();
    List<String> told = log.since(since, text -> text.contains("orig_queue_id=" + old));
    for (LogLine line : told.stream().flatMap(text -> LogLine.parse(text).stream()).toList()) {
      Matcher form = ORIGIN.matcher(line.text());
      if (line.service().equals("smtpd") && form.matches() && form.group(1).equals(old.text())) {
        fresh.add(line.id());
      }
    }
    List<Trail> accepted = new ArrayList<>();
    for (QueueId id : fresh) {
      Trail trail = new Trail().follow(Trails.of(log, id, since));
      if (trail.takenUp()) {
        accepted.add(trail);
      }
    }
    return accepted;
  }
}
