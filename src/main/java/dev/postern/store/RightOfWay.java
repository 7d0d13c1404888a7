package dev.postern.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets acknowledgements go ahead of queued work: a platform gives up on a click after three
 * seconds, while nobody waits for the work by the second. In a rush of clicks a piece of work is
 * begun now and then only; it is slowed down, never stopped.
 */
final class RightOfWay {
  private final Duration lull;
  private final int lullsATurn;
  private final AtomicInteger urgent = new AtomicInteger();
  private final AtomicLong came = new AtomicLong();
  private final ReentrantLock gate = new ReentrantLock(true);
  private volatile boolean rush;

  RightOfWay() {
    this(Duration.ofMillis(10), 10);
  }

  /**
   * Sets the pace.
   *
   * @param lull a rush is over when nothing urgent came for so long: the next click of a burst is
   *     near
   * @param lullsATurn in a rush that does not end, a piece is begun after so many of them
   */
  RightOfWay(Duration lull, int lullsATurn) {
    this.lull = lull;
    this.lullsATurn = lullsATurn;
  }

  /** Does what somebody waits for. */
  <T> T first(Supplier<T> what) {
    urgent.incrementAndGet();
    came.incrementAndGet();
    rush = true;
    try {
      return what.get();
    } finally {
      urgent.decrementAndGet();
    }
  }

  /** Does what can wait. A piece that takes long holds up no other one. */
  <T> T afterwards(Supplier<T> what) {
    if (rush) {
      gate.lock();
      try {
        letPass();
      } finally {
        gate.unlock();
      }
    }
    return what.get();
  }

  private void letPass() {
    for (int i = 0; rush && i < lullsATurn; i++) {
      long seen = came.get();
      LockSupport.parkNanos(lull.toNanos());
      rush = urgent.get() > 0 || came.get() != seen;
    }
  }
}
