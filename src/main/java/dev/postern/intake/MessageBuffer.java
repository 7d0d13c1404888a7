package dev.postern.intake;

import dev.postern.mail.RawMessage;
import java.util.ArrayList;
import java.util.List;

/** Collects the octets of one message within its bounds. Past one, the rest is thrown away. */
public final class MessageBuffer {
  private static final int CHUNK = 32 * 1024;

  /** What became of the message while it was read. */
  public enum Fit {
    /** All of it is here. */
    WHOLE,
    /** It is larger than a message may be. */
    TOO_LARGE,
    /** Too many messages are read at once. */
    NO_MEMORY
  }

  private final long limit;
  private final MemoryBudget.Lease lease;
  private final List<byte[]> chunks = new ArrayList<>();
  private int used = CHUNK;
  private long seen;
  private Fit fit = Fit.WHOLE;

  /**
   * An empty one.
   *
   * @param limit octets of the largest message
   * @param lease what it may take; whoever gave it closes it
   */
  public MessageBuffer(long limit, MemoryBudget.Lease lease) {
    this.limit = limit;
    this.lease = lease;
  }

  /** Adds one octet. */
  public void add(byte octet) {
    if (roomFor(1)) {
      chunks.getLast()[used++] = octet;
    }
  }

  /** Adds so many octets of the array. */
  public void add(byte[] octets, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int part = Math.min(left, used == CHUNK ? CHUNK : CHUNK - used);
      if (roomFor(part)) {
        System.arraycopy(octets, at, chunks.getLast(), used, part);
        used += part;
      }
      at += part;
      left -= part;
    }
  }

  /** Whether the last chunk takes so many, which fit into one. */
  private boolean roomFor(int more) {
    seen += more;
    if (seen > limit) {
      giveUp(Fit.TOO_LARGE);
    }
    if (fit != Fit.WHOLE) {
      return false;
    }
    if (used == CHUNK) {
      // Twice: the chunks are copied into one array at the end.
      if (!lease.grow(2L * CHUNK)) {
        giveUp(Fit.NO_MEMORY);
        return false;
      }
      chunks.add(new byte[CHUNK]);
      used = 0;
    }
    return true;
  }

  /** What became of it so far. */
  public Fit fit() {
    return fit;
  }

  /** Octets that the client sent, kept or not. */
  public long seen() {
    return seen;
  }

  /** The message; only when all of it fit. */
  public RawMessage message() {
    byte[] octets = new byte[(int) seen];
    int at = 0;
    for (byte[] chunk : chunks) {
      int length = Math.min(CHUNK, octets.length - at);
      System.arraycopy(chunk, 0, octets, at, length);
      at += length;
    }
    chunks.clear();
    return RawMessage.of(octets);
  }

  private void giveUp(Fit why) {
    if (fit == Fit.WHOLE) {
      fit = why;
      chunks.clear();
      lease.close();
    } else if (why == Fit.TOO_LARGE) {
      fit = why;
    }
  }
}
