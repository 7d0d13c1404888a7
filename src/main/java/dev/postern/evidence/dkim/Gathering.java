package dev.postern.evidence.dkim;

/** Hands octets on in longer pieces: digests and signatures do much better on those. */
final class Gathering implements Octets {
  private static final int SHORT = 512;

  private final Octets out;
  private final byte[] gathered = new byte[8 * SHORT];
  private int length;

  Gathering(Octets out) {
    this.out = out;
  }

  @Override
  public void put(byte[] octets, int from, int to) {
    int count = to - from;
    if (count >= SHORT || count > gathered.length - length) {
      flush();
    }
    if (count >= SHORT) {
      out.put(octets, from, to);
    } else {
      System.arraycopy(octets, from, gathered, length, count);
      length += count;
    }
  }

  /** Hands on what is left. To be called at the end. */
  void flush() {
    out.put(gathered, 0, length);
    length = 0;
  }
}
