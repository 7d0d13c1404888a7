package dev.postern.policy;

/**
 * How often people decided as a rule would.
 *
 * @param with so many times they did
 * @param against so many times they decided the other way
 */
public record Agreement(long with, long against) {
  /** Of a normal distribution: one in forty lies beyond it on each side. */
  private static final double Z = 1.96;

  /** How often they decided at all. */
  public long decided() {
    return with + against;
  }

  /**
   * The share of which one can be quite sure from so few cases: the lower bound of Wilson's score
   * interval at 95 %; 0 where nobody decided.
   */
  public double atLeast() {
    double n = decided();
    if (n == 0) {
      return 0;
    }
    double share = with / n;
    double spread = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    return Math.max(0, (share + Z * Z / (2 * n) - spread) / (1 + Z * Z / n));
  }

  /** The same in whole per cent, never rounded up. */
  public int percent() {
    return (int) Math.floor(100 * atLeast());
  }
}
