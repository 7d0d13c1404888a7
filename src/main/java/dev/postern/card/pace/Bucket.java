package dev.postern.card.pace;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket, kept as the instant at which it is full again. It fills a little slower than the
 * rate, so that no time sees more than the rate, a burst at its beginning included. Not safe for
 * many threads.
 */
final class Bucket {
  private final int burst;
  private final Duration refill;
  private final Duration in;
  private Instant full = Instant.MIN;

  /** A full one. */
  Bucket(Rate rate) {
    burst = rate.burst();
    refill = rate.refill();
    in = rate.in();
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
    Instant farthest = now.plus(refill.multipliedBy(burst)).plus(in);
    return full.isAfter(farthest) ? farthest : full;
  }
}
