package dev.postern.store;

import dev.postern.policy.Policy;
import dev.postern.policy.Ruling;
import dev.postern.policy.ShadowBook;
import dev.postern.policy.ShadowRule;
import dev.postern.policy.ShadowRule.Inline;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of rules in shadow. Mail of which no row is left is counted in memory and written once
 * a second and at the end, so that no message waits for it. There are as many counts as rules and
 * days, and no more.
 */
public final class ShadowLedger implements ShadowBook, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowLedger.class);
  private static final int MOST_TRIES = 10;

  /**
   * Far more than there are rules; while the store is away for days, further days are not counted.
   */
  private static final int MOST_ROWS = 5_000;

  private final Jdbi jdbi;
  private final Supplier<Policy> inForce;
  private final InstantSource clock;
  private final Map<ShadowRows.Key, Inline> pending = new TreeMap<>();
  private final ReentrantLock noting = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("shadows").factory());
  private String begun = "";

  ShadowLedger(Jdbi jdbi, Supplier<Policy> inForce, InstantSource clock) {
    this.jdbi = jdbi;
    this.inForce = inForce;
    this.clock = clock;
  }

  /** Begins to write once a second. */
  public void start() {
    var _ = beat.scheduleWithFixedDelay(this::writeOrTell, 0, 1, TimeUnit.SECONDS);
  }

  @Override
  public void note(List<Ruling.Shadow> shadows, Instant at, boolean passed) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    Inline one = new Inline(passed ? 1 : 0, passed ? 0 : 1);
    noting.lock();
    try {
      for (Ruling.Shadow shadow : shadows) {
        ShadowRows.Key key = new ShadowRows.Key(shadow.rule(), day);
        if (pending.size() < MOST_ROWS || pending.containsKey(key)) {
          pending.merge(key, one, ShadowLedger::sum);
        }
      }
    } finally {
      noting.unlock();
    }
  }

  private static Inline sum(Inline one, Inline other) {
    return new Inline(one.passed() + other.passed(), one.refused() + other.refused());
  }

  private void writeOrTell() {
    try {
      write();
    } catch (RuntimeException e) {
      LOG.warn("rules in shadow could not be counted; it is tried again: {}", e.getMessage());
    }
  }

  /** Takes down a policy that is new in force, and writes what was noted. */
  void write() {
    writing.lock();
    try {
      Policy policy = inForce.get();
      if (!policy.version().equals(begun)) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        written(rows -> rows.begin(policy.shadows(), now));
        begun = policy.version();
      }
      Map<ShadowRows.Key, Inline> counts = take();
      List<String> rules = policy.shadows().stream().map(ShadowRule::name).toList();
      counts.keySet().removeIf(key -> !rules.contains(key.rule()));
      if (!counts.isEmpty()) {
        write(counts);
      }
    } finally {
      writing.unlock();
    }
  }

  private void write(Map<ShadowRows.Key, Inline> counts) {
    try {
      written(rows -> counts.forEach(rows::add));
    } catch (RuntimeException e) {
      putBack(counts);
      throw e;
    }
  }

  private interface Writing {
    void on(ShadowRows rows);
  }

  private void written(Writing what) {
    Commits.again(
        MOST_TRIES,
        () ->
            jdbi.inTransaction(
                handle -> {
                  what.on(new ShadowRows(handle));
                  return true;
                }));
  }

  private Map<ShadowRows.Key, Inline> take() {
    noting.lock();
    try {
      Map<ShadowRows.Key, Inline> taken = new TreeMap<>(pending);
      pending.clear();
      return taken;
    } finally {
      noting.unlock();
    }
  }

  private void putBack(Map<ShadowRows.Key, Inline> counts) {
    noting.lock();
    try {
      counts.forEach((key, count) -> pending.merge(key, count, ShadowLedger::sum));
    } finally {
      noting.unlock();
    }
  }

  @Override
  public List<ShadowRule> seen() {
    return jdbi.withHandle(handle -> new ShadowRows(handle).seen());
  }

  @Override
  public Map<String, LocalDate> told() {
    return jdbi.withHandle(handle -> new ShadowRows(handle).told());
  }

  @Override
  public void told(Collection<String> rules, LocalDate day) {
    written(rows -> rows.told(rules, day));
  }

  @Override
  public void close() {
    beat.shutdown();
    writeOrTell();
  }
}
