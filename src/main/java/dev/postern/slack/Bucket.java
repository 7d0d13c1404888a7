package dev.postern.slack;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket, kept as the instant at which it is full again. It fills a little slower than the
 * rate, so that no minute sees more than the rate, a burst at its beginning included. Not safe for
 * many threads.
 */
final class Bucket {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A tenth of a minute's calls at once: what Slack's own library takes for a burst. */
  private static final int BURST_PART = 10;

  /** From this rate on, which Slack calls tier 4, bursts may be "generous": a third. */
  private static final int GENEROUS = 100;

  private static final int GENEROUS_PART = 3;

  private final int burst;
  private final Duration refill;
  private Instant full = Instant.MIN;

  /**
   * A full one.
   *
   * @param perMinute how many calls Slack takes in a minute, at least 1
   */
  Bucket(int perMinute) {
    burst = Math.max(1, perMinute / (perMinute < GENEROUS ? BURST_PART : GENEROUS_PART));
    refill = MINUTE.dividedBy(Math.max(1, perMinute - burst));
  }

  /** How long one token takes to come. */
  Duration refill() {
    return refill;
  }

  /** What is kept back for those who come first. */
  int reserve() {
    return burst / 2;
  }

  /** How long until there is a token beside those kept back; zero when there is one. */
  Duration until(int kept, Instant now) {
    Duration missing = Duration.between(now, fullAt(now));
    Duration wait = missing.minus(refill.multipliedBy(burst - 1L - kept));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** Takes a token, also one that is not there: a call that could not wait is counted. */
  void spend(Instant now) {
    full = fullAt(now).plus(refill);
  }

  boolean isFull(Instant now) {
    return !fullAt(now).isAfter(now);
  }

  /** Never longer ago than now, nor, where a clock was put back, farther than debts can reach. */
  private Instant fullAt(Instant now) {
    if (full.isBefore(now)) {
      return now;
    }
    Instant farthest = now.plus(refill.multipliedBy(burst)).plus(MINUTE);
    return full.isAfter(farthest) ? farthest : full;
  }
}
