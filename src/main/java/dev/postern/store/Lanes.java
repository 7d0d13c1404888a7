package dev.postern.store;

import dev.postern.approval.CaseId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the threads of this process that change one case wait for each other before they take a
 * connection. The case's row keeps them apart in any case; but who waits for the row has a
 * connection meanwhile, which others need, and which holds up whatever happens between
 * transactions.
 */
final class Lanes {
  private static final int LANES = 256;

  private final ReentrantLock[] lanes = new ReentrantLock[LANES];

  Lanes() {
    for (int i = 0; i < LANES; i++) {
      lanes[i] = new ReentrantLock(true);
    }
  }

  /** Does one transaction on a case. Must not be called within a transaction on another case. */
  <T> T alone(CaseId id, Supplier<T> transaction) {
    ReentrantLock lane = lanes[Math.floorMod(id.hashCode(), LANES)];
    lane.lock();
    try {
      return transaction.get();
    } finally {
      lane.unlock();
    }
  }
}
