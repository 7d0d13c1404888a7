package dev.postern.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * The wake-ups of a store, run in the time of a test instead of by db-scheduler, and as badly as
 * asked for: lost, doubled, early, in any order.
 */
public final class WorkTable {
  private final Jdbi jdbi;
  private final Map<String, Workers.Worker> workers;
  private final RollCall roll;
  private final Random random;
  private boolean careless;
  private int lost;

  /** Takes the table of a database that is open already. */
  public WorkTable(Store.Access access, Workers workers, Random random) {
    this.jdbi =
        Jdbi.create(Dialect.of(access.url()).complete(access), access.user(), access.password());
    this.workers =
        workers.byKind().entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> e.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    this.roll = new RollCall(jdbi, () -> Instant.EPOCH);
    this.random = random;
  }

  private record Due(String task, String key) {}

  /** From now on wake-ups are lost, doubled and early, or not. */
  public void careless(boolean now) {
    careless = now;
  }

  /** How many wake-ups were lost. */
  public int lost() {
    return lost;
  }

  /** Runs what is due, once; returns how much that was. */
  public int run(Instant now) {
    Instant until = careless && random.nextInt(10) == 0 ? now.plusSeconds(30) : now;
    List<Due> due = due(until);
    Collections.shuffle(due, random);
    for (Due one : due) {
      if (careless && random.nextInt(20) == 0) {
        lost++;
        remove(one);
      } else {
        run(one, now);
      }
    }
    return due.size();
  }

  private void run(Due one, Instant now) {
    if (careless && random.nextInt(10) == 0) {
      attempt(one);
    }
    Optional<Duration> again = attempt(one);
    if (again.isEmpty()) {
      remove(one);
    } else {
      jdbi.useHandle(
          h ->
              h.execute(
                  "UPDATE work SET execution_time = ? WHERE task_name = ? AND task_instance = ?",
                  Rows.utc(now.plus(again.get())),
                  one.task(),
                  one.key()));
    }
  }

  private Optional<Duration> attempt(Due one) {
    return Optional.ofNullable(workers.get(one.task())).orElseThrow().run(one.key());
  }

  private void remove(Due one) {
    jdbi.useHandle(
        h ->
            h.execute(
                "DELETE FROM work WHERE task_name = ? AND task_instance = ?",
                one.task(),
                one.key()));
  }

  private List<Due> due(Instant until) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    SELECT task_name, task_instance FROM work
                     WHERE execution_time <= :until ORDER BY execution_time
                    """)
                .bind("until", Rows.utc(until))
                .map((row, _) -> new Due(row.getString(1), row.getString(2)))
                .list());
  }

  /** Wakes up what is due and has no wake-up; returns how much that was. */
  public int callTheRoll(Instant now) {
    return roll.call(now);
  }

  /** Forgets all wake-ups. */
  public void clear() {
    jdbi.useHandle(h -> h.execute("DELETE FROM work"));
  }

  /** How many clicks of a platform were written down and judged. */
  public long clicks(String surface) {
    return jdbi.withHandle(
        h ->
            h.createQuery("SELECT COUNT(*) FROM inbox WHERE surface = :of AND judged = TRUE")
                .bind("of", surface)
                .mapTo(Long.class)
                .one());
  }

  /** How many clicks still wait to be judged. */
  public long clicksWaiting() {
    return count("SELECT COUNT(*) FROM inbox WHERE judged = FALSE");
  }

  /** How many cards show less than the truth. */
  public long cardsBehind() {
    return count("SELECT COUNT(*) FROM card WHERE applied < desired");
  }

  private long count(String sql) {
    return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
  }
}
