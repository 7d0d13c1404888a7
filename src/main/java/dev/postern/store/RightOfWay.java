package dev.postern.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets acknowledgements go ahead of queued work: a platform gives up on a click after three
 * seconds, while nobody waits for the work by the second. In a rush of clicks the work is done one
 * piece at a time; it is slowed down, never stopped.
 */
final class RightOfWay {
  /** One piece that waits for a slow mail system must not hold up the others. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final AtomicInteger urgent = new AtomicInteger();
  private final ReentrantLock singleFile = new ReentrantLock(true);

  /** Does what somebody waits for. */
  <T> T first(Supplier<T> what) {
    urgent.incrementAndGet();
    try {
      return what.get();
    } finally {
      urgent.decrementAndGet();
    }
  }

  /** Does what can wait. */
  <T> T afterwards(Supplier<T> what) {
    boolean inFile = urgent.get() > 0 && waited();
    try {
      return what.get();
    } finally {
      if (inFile) {
        singleFile.unlock();
      }
    }
  }

  private boolean waited() {
    try {
      return singleFile.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
