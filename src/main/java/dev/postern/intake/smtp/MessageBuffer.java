package dev.postern.intake.smtp;

import dev.postern.intake.MemoryBudget;
import dev.postern.mail.RawMessage;
import java.util.ArrayList;
import java.util.List;

/** Collects the octets of one message within its bounds. Past one, the rest is thrown away. */
final class MessageBuffer implements DotReader.Content {
  private static final int CHUNK = 32 * 1024;

  /** What became of the message while it was read. */
  enum Fit {
    WHOLE,
    TOO_LARGE,
    NO_MEMORY
  }

  private final long limit;
  private final MemoryBudget.Lease lease;
  private final List<byte[]> chunks = new ArrayList<>();
  private int used = CHUNK;
  private long seen;
  private Fit fit = Fit.WHOLE;

  MessageBuffer(long limit, MemoryBudget.Lease lease) {
    this.limit = limit;
    this.lease = lease;
  }

  @Override
  public void add(byte octet) {
    if (++seen > limit) {
      giveUp(Fit.TOO_LARGE);
    }
    if (fit != Fit.WHOLE) {
      return;
    }
    if (used == CHUNK) {
      // Twice: the chunks are copied into one array at the end.
      if (!lease.grow(2L * CHUNK)) {
        giveUp(Fit.NO_MEMORY);
        return;
      }
      chunks.add(new byte[CHUNK]);
      used = 0;
    }
    chunks.getLast()[used++] = octet;
  }

  Fit fit() {
    return fit;
  }

  /** Octets that the client sent, kept or not. */
  long seen() {
    return seen;
  }

  /** The message; only when all of it fit. */
  RawMessage message() {
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
