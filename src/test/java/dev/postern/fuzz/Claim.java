package dev.postern.fuzz;

/** What a fuzz target claims of a result. Cheaper than AssertJ, which matters ten million times. */
public final class Claim {
  private Claim() {}

  /** Fails unless it holds. */
  public static void holds(boolean truth, String claim) {
    if (!truth) {
      throw new AssertionError("does not hold: " + claim);
    }
  }

  /** Fails unless both are equal. */
  public static void same(Object one, Object other, String claim) {
    if (!one.equals(other)) {
      throw new AssertionError("does not hold: " + claim + "\n" + one + "\n" + other);
    }
  }
}
