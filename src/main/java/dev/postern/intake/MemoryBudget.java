package dev.postern.intake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the octets of messages that are in memory at once (P16). Past the bound the answer is "try
 * later", never a loss. Safe for any number of threads.
 */
public final class MemoryBudget {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  /** A budget of so many octets. */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** A lease of nothing yet; whoever takes it closes it. */
  public Lease lease() {
    return new Lease();
  }

  /** Octets that are leased now. */
  public long taken() {
    return taken.get();
  }

  /** One message's part of the budget. Used by one thread. */
  public final class Lease implements AutoCloseable {
    private long mine;

    private Lease() {}

    /** Adds octets to the lease; false, and nothing is added, when the budget is spent. */
    public boolean grow(long octets) {
      if (taken.addAndGet(octets) > limit) {
        taken.addAndGet(-octets);
        return false;
      }
      mine += octets;
      return true;
    }

    /** Gives everything back. */
    @Override
    public void close() {
      taken.addAndGet(-mine);
      mine = 0;
    }
  }
}
