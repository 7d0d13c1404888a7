package dev.postern.approval;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something that failed is tried again: twice as long after each failure,
 * up to a bound, and never the same for everybody, so that what failed together does not come back
 * together. Only a value: when it is over stands in a row, which outlives the process.
 *
 * @param first the longest wait after the first failure
 * @param longest the longest wait of all, but for one that somebody asked for
 * @param random where the differences come from; must be safe for many threads
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
  /** Doubling this often passes every bound that makes sense. */
  private static final int MOST_DOUBLINGS = 30;

  /** Checks that the bounds are bounds. */
  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("no back-off from " + first + " to " + longest);
    }
  }

  /**
   * The wait after so many failures in a row, at least 1: between half of the doubled time and all
   * of it.
   */
  public Duration after(int failures) {
    Duration half = ceiling(failures).dividedBy(2);
    return half.plus(upTo(half));
  }

  /**
   * The same where the other side said how long to stay away: never earlier than it says, and a
   * little later, since it told everybody the same.
   */
  public Duration after(int failures, Duration asked) {
    Duration own = after(failures);
    Duration theirs = asked.plus(upTo(ceiling(1)));
    return own.compareTo(theirs) < 0 ? theirs : own;
  }

  private Duration ceiling(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    Duration doubled = first.multipliedBy(1L << doublings);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  private Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
  }
}
