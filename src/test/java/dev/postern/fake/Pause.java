package dev.postern.fake;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A pause between two looks at what others do meanwhile. Who looks without one takes a processor
 * from those that are waited for.
 */
public final class Pause {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Pause() {}

  /** A moment, in which others do their work. */
  public static void betweenLooks() {
    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
  }
}
