package dev.postern.app.crash;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Looks again and again at what goes on in other processes, for a bounded time. */
final class Waiting {
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private Waiting() {}

  /** Waits until it is so; how long that took. */
  static Duration until(String what, Duration atMost, Callable<Boolean> so) throws Exception {
    long begin = System.nanoTime();
    while (!so.call()) {
      if (System.nanoTime() - begin > atMost.toNanos()) {
        throw new AssertionError("not within " + atMost + ": " + what);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
