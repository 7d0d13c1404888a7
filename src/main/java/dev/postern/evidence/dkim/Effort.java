package dev.postern.evidence.dkim;

/**
 * How many octets may still be hashed to explain why signatures of one message fail. Counted, not
 * timed: the same message always gets the same words.
 */
final class Effort {

  /** Enough for a hundred guesses at any usual message. */
  private static final long LEAST = 16 << 20;

  /** A large message is hashed five times at most. */
  private static final int MOST_PASSES = 5;

  private long left;

  /** For a message of {@code size} octets. */
  Effort(long size) {
    this.left = Math.max(LEAST, MOST_PASSES * size);
  }

  /** Whether {@code octets} more may be hashed; they count as hashed then. */
  boolean allows(long octets) {
    if (octets > left) {
      return false;
    }
    left -= octets;
    return true;
  }
}
