package dev.postern.app.bench.clicks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for work that goes on elsewhere, as long as it goes on. */
final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Waiting() {}

  /**
   * Waits until something is true.
   *
   * @param progress changes while there is hope
   * @param patience how long it may stand still
   * @return whether it became true
   */
  static boolean until(BooleanSupplier done, LongSupplier progress, Duration patience) {
    long seen = progress.getAsLong();
    long since = System.nanoTime();
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      long now = progress.getAsLong();
      if (now != seen) {
        seen = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > patience.toNanos()) {
        return false;
      }
    }
    return true;
  }
}
