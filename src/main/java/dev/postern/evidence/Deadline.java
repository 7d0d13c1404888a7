package dev.postern.evidence;

import java.time.Duration;

/**
 * The moment by which work must have ended, on the monotonic clock of this JVM.
 *
 * @param nanoTime as of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {

  /** The deadline that lies {@code budget} from now. */
  public static Deadline in(Duration budget) {
    return new Deadline(System.nanoTime() + budget.toNanos());
  }

  /** What is left; zero when it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  /** How long ago it was; zero before. */
  public Duration overdue() {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - nanoTime));
  }

  /** Whether the moment has passed. */
  public boolean passed() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
