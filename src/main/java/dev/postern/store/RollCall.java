package dev.postern.store;

import dev.postern.approval.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes up what is due and has no wake-up, so that one that was lost changes nothing but the
 * minute. Safe to run on every replica at once: a wake-up that is there stays as it is.
 *
 * <p>Reminders and further looks at DNS are not called up: nothing is decided by them.
 */
public final class RollCall implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** Wake-ups that are in time are left alone. */
  private static final Duration OVERDUE = Duration.ofMinutes(1);

  /** Far more than one minute can lose. */
  private static final int MOST = 10_000;

  /** What is overdue, as key and time, by the kind of work. */
  private static final Map<Work, String> OVERDUE_ROWS =
      Map.of(
          Work.EXAMINE,
          "SELECT id AS k, received_at AS t FROM case_file WHERE state = 'RECEIVED' AND received_at",
          Work.CLICK,
          "SELECT surface || ' ' || event_id AS k, received_at AS t FROM inbox"
              + " WHERE judged = FALSE AND received_at",
          Work.EFFECT,
          "SELECT CAST(id AS VARCHAR(20)) AS k, due AS t FROM effect"
              + " WHERE state IN ('DUE', 'CALLING') AND due",
          Work.CARD,
          "SELECT id || '#' || CAST(desired AS VARCHAR(20)) AS k, due AS t FROM card WHERE due",
          Work.STAGE,
          "SELECT CAST(id AS VARCHAR(20)) AS k, closes AS t FROM stage"
              + " WHERE state IN ('OPEN', 'WAITING') AND closes",
          Work.GATHER,
          "SELECT CAST(g.id AS VARCHAR(20)) || '#' || CAST(g.number_ + 1 AS VARCHAR(20)) AS k,"
              + " m.joined_at AS t FROM campaign_member m JOIN campaign g ON g.id = m.campaign"
              + " WHERE m.place = 'GATHERING' AND g.state = 'ASKING' AND m.joined_at",
          Work.MEMBER,
          "SELECT m.case_id || '#' || CAST(m.campaign AS VARCHAR(20)) AS k, c.changed_at AS t"
              + " FROM case_file c JOIN campaign_member m ON m.case_id = c.id"
              + " JOIN campaign g ON g.id = m.campaign"
              + " WHERE c.state = 'ASKING' AND m.place <> 'LEFT'"
              + " AND (m.place = 'APART' OR g.state IN ('DECIDED', 'EXPIRED', 'OVER')"
              + " OR (g.state = 'FROZEN' AND m.place = 'GATHERING'))"
              + " AND NOT EXISTS (SELECT 1 FROM stage s WHERE s.case_id = c.id"
              + " AND s.state IN ('OPEN', 'WAITING')) AND c.changed_at",
          Work.LATER,
          "SELECT CAST(id AS VARCHAR(20)) AS k, later_due AS t FROM campaign WHERE later_due",
          Work.GRANT,
          "SELECT id || '#end' AS k, until_ AS t FROM grant_"
              + " WHERE state IN ('REQUESTED', 'ACTIVE') AND until_");

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("roll-call").factory());

  RollCall(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** From now on looks once a minute. */
  public void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::guarded, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void guarded() {
    try {
      int woken = call(clock.instant());
      if (woken > 0) {
        LOG.info("{} rows were due without a wake-up, and were woken", woken);
      }
    } catch (RuntimeException e) {
      LOG.warn("the rows could not be looked through: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Wakes up whatever was lost; returns how much that was. */
  int call(Instant now) {
    return jdbi.inTransaction(
        handle ->
            OVERDUE_ROWS.entrySet().stream()
                .mapToInt(rows -> call(handle, rows.getKey(), rows.getValue(), now))
                .sum());
  }

  /** Keys first, then wake-ups: as one statement PostgreSQL would rather read all of the queue. */
  private static int call(Handle handle, Work kind, String overdue, Instant now) {
    List<String> keys =
        handle
            .createQuery("SELECT k FROM (" + overdue + " < :before) o ORDER BY t LIMIT " + MOST)
            .bind("before", Rows.utc(now.minus(OVERDUE)))
            .mapTo(String.class)
            .list();
    return keys.stream().mapToInt(key -> WorkQueue.wake(handle, kind, key, now) ? 1 : 0).sum();
  }
}
