package dev.postern.app.bench.clicks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What became of the clicks, as those who sent them saw it. Safe for many threads. */
final class Score {
  private static final int TAKEN = 200;

  private final AtomicIntegerArray statuses;
  private final AtomicLongArray nanos;
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger errors = new AtomicInteger();
  private final AtomicLong last = new AtomicLong();
  private final long begin = System.nanoTime();

  /**
   * @param presses how many different clicks there are
   * @param requests how many requests carry them
   */
  Score(int presses, int requests) {
    statuses = new AtomicIntegerArray(presses);
    nanos = new AtomicLongArray(requests);
  }

  /** A request was answered. */
  void answered(int press, int status, long nanosTaken) {
    nanos.set(answers.getAndIncrement(), nanosTaken);
    last.accumulateAndGet(System.nanoTime() - begin, Math::max);
    statuses.accumulateAndGet(press, status, (before, now) -> before == TAKEN ? before : now);
    if (status == TAKEN) {
      acknowledged.incrementAndGet();
    } else if (status == 401 || status == 403) {
      refused.incrementAndGet();
    } else {
      errors.incrementAndGet();
    }
  }

  /** A request got no answer. */
  void lost() {
    errors.incrementAndGet();
  }

  /** Whether Postern said of this click that it has it. */
  boolean taken(int press) {
    return statuses.get(press) == TAKEN;
  }

  int acknowledged() {
    return acknowledged.get();
  }

  /** Turned away at the entrance. */
  int refused() {
    return refused.get();
  }

  int errors() {
    return errors.get();
  }

  /** From the first request to the last answer. */
  double seconds() {
    return last.get() / 1e9;
  }

  /** Milliseconds that this share of the answers took at most. */
  double millis(double share) {
    long[] sorted = new long[answers.get()];
    Arrays.setAll(sorted, nanos::get);
    Arrays.sort(sorted);
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
  }
}
