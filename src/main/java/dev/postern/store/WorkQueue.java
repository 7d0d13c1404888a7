package dev.postern.store;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.postern.approval.Backoff;
import dev.postern.approval.Work;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * Wakes workers up by db-scheduler: at least once, on any replica, also after a crash. It carries
 * no truth: a worker reads the row and fences its own steps.
 */
public final class WorkQueue implements AutoCloseable {
  private static final int THREADS = 32;

  /**
   * A replica that died is noticed after five missed beats, by a look every two beats (so
   * db-scheduler does it) and a poll: eight seconds at most. The clocks of replicas may differ by
   * less than that.
   */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private static final int MISSED_BEATS = 5;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(2);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, new SecureRandom());
  private final Scheduler scheduler;
  private final ExecutorService threads;
  private final Nudge nudge;

  WorkQueue(DataSource source, Dialect dialect, Workers workers, Nudge nudge, InstantSource clock) {
    this.nudge = nudge;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory());
    List<Task<?>> tasks = new ArrayList<>();
    workers.byKind().forEach((kind, worker) -> tasks.add(task(kind, worker)));
    SchedulerBuilder builder =
        Scheduler.create(source, tasks)
            .tableName("work")
            .clock(new WallClock(clock))
            .executorService(threads)
            .threads(THREADS)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_BEATS)
            .shutdownMaxWait(DRAIN)
            .failureLogging(LogLevel.WARN, true);
    if (dialect == Dialect.POSTGRESQL) {
      builder.pollUsingLockAndFetch(0.5, 1.0);
    }
    this.scheduler = builder.build();
  }

  private record WallClock(InstantSource source) implements Clock {
    @Override
    public Instant now() {
      return source.instant();
    }
  }

  /** Writes a wake-up down, in whatever transaction the handle is in; false when it is there. */
  static boolean wake(Handle handle, Work work, String key, Instant at) {
    return handle
            .createUpdate(
                """
            INSERT INTO work (task_name, task_instance, execution_time, picked, version)
            VALUES (:name, :key, :at, FALSE, 1) ON CONFLICT DO NOTHING
            """)
            .bind("name", nameOf(work))
            .bind("key", key)
            .bind("at", Rows.utc(at))
            .execute()
        == 1;
  }

  /** The name of its task. */
  static String nameOf(Work kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Task<Void> task(Work kind, Workers.Worker worker) {
    return Tasks.custom(nameOf(kind), Void.class)
        .onFailure(
            (failed, again) ->
                again.reschedule(
                    failed,
                    failed
                        .getTimeDone()
                        .plus(backoff.after(failed.getExecution().consecutiveFailures + 1))))
        .onDeadExecutionRevive()
        .execute(
            (instance, _) -> {
              Optional<Duration> again = worker.run(instance.getId());
              return again.isEmpty()
                  ? new CompletionHandler.OnCompleteRemove<>()
                  : new CompletionHandler.OnCompleteReschedule<>(FixedDelay.of(again.get()));
            });
  }

  /** Begins to wake workers up. */
  public void start() {
    scheduler.start();
    nudge.wakes(scheduler::triggerCheckForDueExecutions);
  }

  /** Takes no new work and waits a few seconds for what is being done. */
  @Override
  public void close() {
    nudge.wakes(() -> {});
    scheduler.stop();
    threads.close();
  }
}
