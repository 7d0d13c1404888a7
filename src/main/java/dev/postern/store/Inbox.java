package dev.postern.store;

import dev.postern.approval.Answer;
import dev.postern.approval.Click;
import dev.postern.approval.Work;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Clicks as they came, so that none is lost between a platform and its judgement. */
final class Inbox {
  private Inbox() {}

  /** Writes a click down and wakes its judge; false when the event is there already. */
  static boolean keep(Jdbi jdbi, Dialect dialect, Click click, Instant now) {
    return dialect == Dialect.POSTGRESQL
        ? jdbi.withHandle(handle -> keepAtOnce(handle, click, now))
        : jdbi.inTransaction(handle -> keepBoth(handle, click, now));
  }

  /**
   * One statement is a transaction by itself, and its answer says that it lasts: one way to the
   * database and back instead of three. H2 has none that writes two tables.
   */
  private static boolean keepAtOnce(Handle handle, Click click, Instant now) {
    return handle
        .createQuery(
            """
            WITH fresh AS (
              INSERT INTO inbox (surface, event_id, click, received_at)
              VALUES (:surface, :event, :click, :now) ON CONFLICT DO NOTHING RETURNING 1),
            woken AS (
              INSERT INTO work (task_name, task_instance, execution_time, picked, version)
              SELECT :work, :key, CAST(:now AS TIMESTAMP WITH TIME ZONE), FALSE, 1 FROM fresh
              ON CONFLICT DO NOTHING)
            SELECT EXISTS (SELECT 1 FROM fresh)
            """)
        .bind("surface", click.surface())
        .bind("event", click.eventId())
        .bind("click", Codec.click(click))
        .bind("now", Rows.utc(now))
        .bind("work", WorkQueue.nameOf(Work.CLICK))
        .bind("key", key(click))
        .mapTo(Boolean.class)
        .one();
  }

  private static boolean keepBoth(Handle handle, Click click, Instant now) {
    boolean fresh =
        handle
                .createUpdate(
                    """
                    INSERT INTO inbox (surface, event_id, click, received_at)
                    VALUES (:surface, :event, :click, :now) ON CONFLICT DO NOTHING
                    """)
                .bind("surface", click.surface())
                .bind("event", click.eventId())
                .bind("click", Codec.click(click))
                .bind("now", Rows.utc(now))
                .execute()
            == 1;
    if (fresh) {
      WorkQueue.wake(handle, Work.CLICK, key(click), now);
    }
    return fresh;
  }

  private static String key(Click click) {
    return click.surface() + " " + click.eventId();
  }

  static Optional<Click> kept(Handle handle, String surface, String eventId) {
    return handle
        .createQuery("SELECT click FROM inbox WHERE surface = :surface AND event_id = :event")
        .bind("surface", surface)
        .bind("event", eventId)
        .mapTo(String.class)
        .findOne()
        .map(Codec::click);
  }

  static Optional<Instant> came(Handle handle, String surface, String eventId) {
    return handle
        .createQuery("SELECT received_at FROM inbox WHERE surface = :surface AND event_id = :event")
        .bind("surface", surface)
        .bind("event", eventId)
        .map((row, _) -> Rows.instant(row, "received_at"))
        .findOne();
  }

  static void answer(Handle handle, Click click, Answer answer) {
    handle
        .createUpdate(
            """
            UPDATE inbox SET answer = :answer, judged = TRUE
             WHERE surface = :surface AND event_id = :event AND answer IS NULL
            """)
        .bind("answer", Codec.answer(answer))
        .bind("surface", click.surface())
        .bind("event", click.eventId())
        .execute();
  }
}
