package dev.postern.store;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Writes committed changes to the disk, once for all threads that wait at the same time. A commit
 * of H2 with delayed writes is in memory only: {@code CHECKPOINT SYNC} writes whatever is committed
 * and forces it, so that it outlives a kill and a power cut.
 */
final class GroupSync {

  /** What reaches the disk. */
  interface Sync {
    void run() throws SQLException;
  }

  private final Sync sync;
  private final AtomicInteger changing = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition finished = lock.newCondition();
  private long asked;
  private long synced;
  private boolean running;
  private long runs;

  GroupSync(Sync sync) {
    this.sync = sync;
  }

  /** Runs what commits and then awaits the disk, so that {@link #settle} knows of it. */
  <T> T changing(Supplier<T> change) {
    changing.incrementAndGet();
    try {
      return change.get();
    } finally {
      changing.decrementAndGet();
    }
  }

  /**
   * Returns once everything that this thread can have read is on the disk. Other threads see a
   * commit a moment before it is durable; who tells the world of it must not be ahead of the disk.
   */
  void settle() {
    if (changing.get() > 0) {
      await();
    }
  }

  /** Returns once everything that this thread has committed is on the disk. */
  void await() {
    lock.lock();
    try {
      long mine = ++asked;
      while (synced < mine) {
        if (running) {
          finished.awaitUninterruptibly();
        } else {
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** How often the disk was asked to write: what a group shares counts once. */
  long runs() {
    lock.lock();
    try {
      return runs;
    } finally {
      lock.unlock();
    }
  }

  /** Syncs for all who asked so far; those who ask meanwhile need the next round. */
  private void lead() {
    long covered = asked;
    running = true;
    lock.unlock();
    try {
      sync.run();
    } catch (SQLException e) {
      throw new StoreTrouble("the store could not force its changes to the disk", e);
    } finally {
      lock.lock();
      running = false;
      runs++;
      finished.signalAll();
    }
    synced = Math.max(synced, covered);
  }
}
