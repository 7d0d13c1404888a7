package dev.postern.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long something waits for a chat platform to say who people are: from one second up to thirty
 * between two tries, the longer, the longer it has lasted, and five minutes in all. Everything
 * hangs on when it began, which stands in a row: nothing is counted in memory.
 */
final class Patience {
  /** How long something waits in all; shorter than people remember what they clicked. */
  static final Duration LENGTH = Duration.ofMinutes(5);

  private final Backoff backoff;

  Patience(RandomGenerator random) {
    this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
  }

  /**
   * How long to wait before the next try; empty when it has lasted long enough.
   *
   * @param since when it began
   * @param asked how long the platform wants to be left alone; zero where it said nothing
   */
  Optional<Duration> more(Instant since, Instant now, Duration asked) {
    Duration waited = Duration.between(since, now);
    Duration left = LENGTH.minus(waited);
    if (!left.isPositive()) {
      return Optional.empty();
    }
    int doublings = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, waited.toSeconds()));
    Duration wait = backoff.after(1 + doublings, asked);
    return Optional.of(wait.compareTo(left) < 0 ? wait : left);
  }
}
