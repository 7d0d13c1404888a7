package dev.postern.evidence.dkim;

/** Where the last lines of a canonical body end, and what its very last lines are. */
final class LineEnds implements Octets {

  /** Added text of more lines is not looked for. */
  static final int MOST_LINES = 1000;

  /** Closing boundaries of parts stand in so many octets at the end. */
  private static final int MOST_TAIL = 2048;

  private final long[] ends = new long[MOST_LINES];
  private final byte[] tail = new byte[MOST_TAIL];
  private long count;
  private long total;
  private byte last;

  @Override
  public void put(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (octets[i] == '\n' && (i == from ? last : octets[i - 1]) == '\r') {
        ends[(int) (count++ % MOST_LINES)] = total + i + 1 - from;
      }
    }
    for (int i = Math.max(from, to - MOST_TAIL); i < to; i++) {
      tail[(int) ((total + i - from) % MOST_TAIL)] = octets[i];
    }
    last = to > from ? octets[to - 1] : last;
    total += to - from;
  }

  /** Octets that came. */
  long total() {
    return total;
  }

  /** Offsets behind the last line ends, ascending; 0 is among them if there are so few lines. */
  long[] last() {
    int known = (int) Math.min(count, MOST_LINES);
    long[] offsets = new long[known];
    for (int i = 0; i < known; i++) {
      offsets[i] = ends[(int) ((count - known + i) % MOST_LINES)];
    }
    if (count >= MOST_LINES) {
      return offsets;
    }
    long[] fromStart = new long[known + 1];
    System.arraycopy(offsets, 0, fromStart, 1, known);
    return fromStart;
  }

  /** The octets from {@code offset} to the end; empty if they are too many. */
  byte[] tail(long offset) {
    long length = total - offset;
    if (length > MOST_TAIL) {
      return new byte[0];
    }
    byte[] octets = new byte[(int) length];
    for (int i = 0; i < length; i++) {
      octets[i] = tail[(int) ((offset + i) % MOST_TAIL)];
    }
    return octets;
  }
}
