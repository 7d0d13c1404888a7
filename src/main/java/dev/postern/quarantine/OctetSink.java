package dev.postern.quarantine;

import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Collects octets in pieces, so that none are copied while it grows, and refuses those that are too
 * many with {@link TooLarge}.
 */
final class OctetSink extends OutputStream {
  /** Half a region of a small heap would be set aside for it alone. */
  private static final int PIECE = 128 * 1024;

  private final int largest;
  private final Deque<byte[]> full = new ArrayDeque<>();
  private byte[] piece = new byte[8192];
  private int used;
  private int size;

  OctetSink(int largest) {
    this.largest = largest;
  }

  @Override
  public void write(int octet) throws TooLarge {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws TooLarge {
    if (length > largest - size) {
      throw new TooLarge(largest);
    }
    int at = offset;
    while (at < offset + length) {
      if (used == piece.length) {
        full.add(piece);
        piece = new byte[PIECE];
        used = 0;
      }
      int some = Math.min(piece.length - used, offset + length - at);
      System.arraycopy(from, at, piece, used, some);
      used += some;
      at += some;
    }
    size += length;
  }

  /** All of them; can be asked once. */
  byte[] octets() {
    byte[] whole = new byte[size];
    int at = 0;
    for (byte[] some = full.poll(); some != null; some = full.poll()) {
      System.arraycopy(some, 0, whole, at, some.length);
      at += some.length;
    }
    System.arraycopy(piece, 0, whole, at, used);
    return whole;
  }
}
