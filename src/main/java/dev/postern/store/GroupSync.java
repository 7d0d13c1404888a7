package dev.postern.store;

import java.sql.SQLException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces committed changes to the disk, once for all threads that wait at the same time. H2 writes
 * on commit but does not fsync, so that only {@code CHECKPOINT SYNC} outlives a power cut.
 */
final class GroupSync {

  /** What reaches the disk. */
  interface Sync {
    void run() throws SQLException;
  }

  private final Sync sync;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition finished = lock.newCondition();
  private long asked;
  private long synced;
  private boolean running;
  private long runs;

  GroupSync(Sync sync) {
    this.sync = sync;
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
