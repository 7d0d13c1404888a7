package dev.postern.store;

import dev.postern.approval.CaseState;
import dev.postern.approval.GroupReading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has been kept long enough: octets of messages, then whole cases, and clicks that
 * were answered. Only cases whose message is no longer held are looked at; the tamper-evident log
 * stays whole, and says of each case what was removed and when.
 *
 * <p>Works in small transactions that each lock the rows they remove and pass over those that
 * somebody else has locked, so that several processes may do it at once.
 */
public final class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int CASES_AT_ONCE = 100;
  private static final int CLICKS_AT_ONCE = 500;
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofMinutes(15);

  /** What {@link dev.postern.approval.CaseBook#removed} looks for. */
  static final String CASE_REMOVED = "case.removed";

  private static final List<CaseState> ENDED =
      Arrays.stream(CaseState.values()).filter(state -> !state.held()).toList();

  private final Jdbi jdbi;
  private final Optional<GroupSync> disk;
  private final Terms terms;
  private final InstantSource clock;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("retention").factory());

  /**
   * How long what is kept.
   *
   * @param messages the octets of a message, counted from the last change of its case
   * @param cases a case with all its rows, counted from its last change
   * @param clicks a click that was answered, counted from its arrival; until then the same click is
   *     known when it comes again
   * @param senders how much came from whom, counted from the arrival of the mail
   */
  public record Terms(Duration messages, Duration cases, Duration clicks, Duration senders) {
    /** What is kept where nothing is said of senders. */
    public Terms(Duration messages, Duration cases, Duration clicks) {
      this(messages, cases, clicks, Duration.ofDays(90));
    }
  }

  /**
   * How much was removed.
   *
   * @param messages octets of so many messages
   * @param cases so many whole cases
   * @param clicks so many clicks
   */
  public record Removed(int messages, int cases, int clicks) {
    private static final Removed NOTHING = new Removed(0, 0, 0);

    private Removed and(Removed more) {
      return new Removed(messages + more.messages, cases + more.cases, clicks + more.clicks);
    }
  }

  Retention(Jdbi jdbi, Optional<GroupSync> disk, Terms terms, InstantSource clock) {
    this.jdbi = jdbi;
    this.disk = disk;
    this.terms = terms;
    this.clock = clock;
  }

  /** Sweeps soon, and then four times an hour. */
  public void start() {
    var _ =
        beat.scheduleWithFixedDelay(
            this::sweepOrTell, FIRST.toSeconds(), BETWEEN.toSeconds(), TimeUnit.SECONDS);
  }

  private void sweepOrTell() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.error("old rows could not all be removed; it is tried again in {}", BETWEEN, e);
    }
  }

  /** Removes all whose time has come; tells in one line what it was. */
  public Removed sweep() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Removed removed = Removed.NOTHING;
    for (CaseState state : ENDED) {
      removed =
          removed
              .and(inBatches(CASES_AT_ONCE, new Octets(state, terms.messages(), now)::remove))
              .and(inBatches(CASES_AT_ONCE, new Ended(state, terms.cases(), now)::remove));
    }
    removed =
        removed.and(inBatches(CLICKS_AT_ONCE, handle -> clicks(handle, now.minus(terms.clicks()))));
    inBatches(CLICKS_AT_ONCE, handle -> expired(handle, Expired.REQUESTS, now));
    Instant unused = now.minus(terms.clicks());
    inBatches(CLICKS_AT_ONCE, handle -> expired(handle, Expired.CHATS, unused));
    Instant silent = now.minus(terms.cases());
    inBatches(CLICKS_AT_ONCE, handle -> expired(handle, Expired.REPORTS, silent));
    inBatches(CLICKS_AT_ONCE, handle -> expired(handle, Expired.GRANTS, silent));
    Instant unusable = now.minus(GroupReading.USABLE);
    inBatches(CLICKS_AT_ONCE, handle -> expired(handle, Expired.READINGS, unusable));
    Instant forgotten = now.minus(terms.senders());
    inBatches(CLICKS_AT_ONCE, handle -> senders(handle, forgotten));
    if (!removed.equals(Removed.NOTHING)) {
      LOG.atInfo()
          .addKeyValue("messages", removed.messages())
          .addKeyValue("cases", removed.cases())
          .addKeyValue("clicks", removed.clicks())
          .log("retention.removed");
    }
    return removed;
  }

  /**
   * What one transaction came to.
   *
   * @param looked rows that were looked at
   * @param removed and what went
   */
  private record Batch(int looked, Removed removed) {}

  /** A batch that is not full was the last one. */
  private Removed inBatches(int full, Function<Handle, Batch> work) {
    Removed removed = Removed.NOTHING;
    Batch batch = new Batch(full, removed);
    while (batch.looked() == full && !beat.isShutdown()) {
      batch = jdbi.inTransaction(work::apply);
      disk.ifPresent(GroupSync::await);
      removed = removed.and(batch.removed());
    }
    return removed;
  }

  private record Found(String id, long hold) {
    static List<String> ids(List<Found> found) {
      return found.stream().map(Found::id).toList();
    }

    static List<Long> holds(List<Found> found) {
      return found.stream().map(Found::hold).toList();
    }
  }

  /** Octets of the messages of cases in this state. */
  private record Octets(CaseState state, Duration kept, Instant now) {
    Batch remove(Handle handle) {
      int removed = 0;
      List<Found> old =
          found(
              handle,
              state,
              now.minus(kept),
              """
              SELECT id, hold_id FROM case_file
               WHERE state = :state AND octets_removed_at IS NULL AND changed_at < :before
               ORDER BY changed_at LIMIT :batch FOR UPDATE SKIP LOCKED
              """);
      if (!old.isEmpty()) {
        note(
            handle,
            now,
            """
            INSERT INTO audit_entry (at, actor, what, case_id, detail)
            SELECT :now, 'postern', 'message.removed', c.id, CONCAT('sha256=', m.sha256)
              FROM case_file c JOIN message m ON m.hold_id = c.hold_id
             WHERE c.id IN (<ids>)
            """,
            old);
        removed =
            drop(
                handle,
                "DELETE FROM message WHERE hold_id IN (<holds>)",
                "holds",
                Found.holds(old));
        handle
            .createUpdate("UPDATE case_file SET octets_removed_at = :now WHERE id IN (<ids>)")
            .bind("now", Rows.utc(now))
            .bindList("ids", Found.ids(old))
            .execute();
      }
      return new Batch(old.size(), new Removed(removed, 0, 0));
    }
  }

  /** Cases in this state with everything that refers to them. */
  private record Ended(CaseState state, Duration kept, Instant now) {
    private static final List<String> PARTS =
        List.of(
            "case_facts",
            "campaign_member",
            "witness",
            "handover",
            "own_chat",
            "vote",
            "token",
            "card",
            "effect",
            "evidence",
            "stage");

    Batch remove(Handle handle) {
      List<Found> old =
          found(
              handle,
              state,
              now.minus(kept),
              """
              SELECT id, hold_id FROM case_file
               WHERE state = :state AND changed_at < :before
               ORDER BY changed_at LIMIT :batch FOR UPDATE SKIP LOCKED
              """);
      int messages = 0;
      if (!old.isEmpty()) {
        note(
            handle,
            now,
            """
            INSERT INTO audit_entry (at, actor, what, case_id, detail)
            SELECT :now, 'postern', 'case.removed', id, CONCAT('state=', LOWER(state))
              FROM case_file WHERE id IN (<ids>)
            """,
            old);
        drop(handle, CampaignRows.REMOVE_LED, "ids", Found.ids(old));
        drop(handle, "DELETE FROM campaign WHERE leader IN (<ids>)", "ids", Found.ids(old));
        for (String part : PARTS) {
          drop(handle, "DELETE FROM " + part + " WHERE case_id IN (<ids>)", "ids", Found.ids(old));
        }
        drop(handle, "DELETE FROM case_file WHERE id IN (<ids>)", "ids", Found.ids(old));
        messages =
            drop(
                handle,
                "DELETE FROM message WHERE hold_id IN (<holds>)",
                "holds",
                Found.holds(old));
        drop(handle, "DELETE FROM mention WHERE hold_id IN (<holds>)", "holds", Found.holds(old));
        drop(handle, "DELETE FROM hold WHERE id IN (<holds>)", "holds", Found.holds(old));
      }
      return new Batch(old.size(), new Removed(messages, old.size(), 0));
    }
  }

  private static List<Found> found(Handle handle, CaseState state, Instant before, String sql) {
    return handle
        .createQuery(sql)
        .bind("state", state.name())
        .bind("before", Rows.utc(before))
        .bind("batch", CASES_AT_ONCE)
        .map((row, _) -> new Found(row.getString("id"), row.getLong("hold_id")))
        .list();
  }

  private static void note(Handle handle, Instant now, String sql, List<Found> cases) {
    handle.createUpdate(sql).bind("now", Rows.utc(now)).bindList("ids", Found.ids(cases)).execute();
  }

  private static int drop(Handle handle, String sql, String name, List<?> keys) {
    return handle.createUpdate(sql).bindList(name, keys).execute();
  }

  private static Batch expired(Handle handle, Expired what, Instant before) {
    return new Batch(what.remove(handle, before, CLICKS_AT_ONCE), Removed.NOTHING);
  }

  private static Batch senders(Handle handle, Instant before) {
    SenderRows rows = new SenderRows(handle);
    int days = rows.removeDays(before, CLICKS_AT_ONCE);
    int claimed = rows.removeSpans(false, before, CLICKS_AT_ONCE);
    int proved = rows.removeSpans(true, before, CLICKS_AT_ONCE);
    return new Batch(Math.max(days, Math.max(claimed, proved)), Removed.NOTHING);
  }

  private record Event(String surface, String id) {}

  private static Batch clicks(Handle handle, Instant before) {
    List<Event> old =
        handle
            .createQuery(
                """
                SELECT surface, event_id FROM inbox
                 WHERE received_at < :before AND answer IS NOT NULL
                 ORDER BY received_at LIMIT :batch FOR UPDATE SKIP LOCKED
                """)
            .bind("before", Rows.utc(before))
            .bind("batch", CLICKS_AT_ONCE)
            .map((row, _) -> new Event(row.getString("surface"), row.getString("event_id")))
            .list();
    var batch = handle.prepareBatch("DELETE FROM inbox WHERE surface = ? AND event_id = ?");
    old.forEach(event -> batch.add(event.surface(), event.id()));
    if (!old.isEmpty()) {
      batch.execute();
    }
    return new Batch(old.size(), new Removed(0, 0, old.size()));
  }

  @Override
  public void close() {
    beat.shutdown();
    try {
      if (!beat.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.warn("a sweep of old rows did not stop in time; the next start goes on with it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
