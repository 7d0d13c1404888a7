package dev.postern.web;

import dev.postern.policy.Precedent;
import dev.postern.policy.Precedents;
import dev.postern.policy.Precedents.Span;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Cases of the past on their way from a running Postern to a command: an opening, a frame for each
 * case, and an end, without which something is missing.
 */
public final class PrecedentFrames {
  /** The media type. */
  public static final String TYPE = "application/vnd.postern.precedents";

  private static final int MAGIC = 0x504e5031; // PNP1
  private static final int LARGEST = 16 << 20;
  private static final char CASE = 'C';
  private static final char UNREADABLE = 'U';
  private static final char END = 'E';

  private PrecedentFrames() {}

  /**
   * What is said first.
   *
   * @param when the span of time
   * @param cases about how many there are
   * @param policy version of the policy that is in force there
   */
  public record Opening(Span when, long cases, String policy) {}

  /** Takes the opening, before all cases. */
  public interface Opened {
    /** The taker of the cases. */
    Precedents.Taker open(Opening opening);
  }

  /**
   * Writes all cases.
   *
   * @throws IOException when whoever reads has gone away
   */
  static void write(Opening opening, Precedents from, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeInt(MAGIC);
    out.writeLong(opening.when().since().toEpochMilli());
    out.writeLong(opening.when().until().toEpochMilli());
    out.writeLong(opening.cases());
    out.writeUTF(opening.policy());
    try {
      from.each(opening.when(), new Writer(out));
    } catch (UncheckedIOException goneAway) {
      throw goneAway.getCause();
    }
    out.writeByte(END);
    out.flush();
  }

  private record Writer(DataOutputStream out) implements Precedents.Taker {
    @Override
    public void take(Precedent it) {
      try {
        byte[] octets = it.octets();
        out.writeByte(CASE);
        out.writeInt(octets.length);
        out.write(octets);
      } catch (IOException goneAway) {
        throw new UncheckedIOException(goneAway);
      }
    }

    @Override
    public void unreadable(String id, String why) {
      try {
        out.writeByte(UNREADABLE);
        out.writeUTF(id);
        out.writeUTF(why.substring(0, Math.min(why.length(), 200)));
      } catch (IOException goneAway) {
        throw new UncheckedIOException(goneAway);
      }
    }
  }

  /**
   * Reads all cases.
   *
   * @param from buffered
   * @throws IOException when it breaks off, or is something else
   */
  public static void read(DataInputStream from, Opened into) throws IOException {
    if (from.readInt() != MAGIC) {
      throw new IOException("these are no cases, or those of another version");
    }
    Span when = new Span(instant(from), instant(from));
    Precedents.Taker taker = into.open(new Opening(when, from.readLong(), from.readUTF()));
    for (int kind = from.readByte(); kind != END; kind = from.readByte()) {
      switch (kind) {
        case CASE -> taker.take(precedent(from));
        case UNREADABLE -> taker.unreadable(from.readUTF(), from.readUTF());
        default -> throw new IOException("these are the cases of another version");
      }
    }
  }

  private static Instant instant(DataInputStream from) throws IOException {
    return Instant.ofEpochMilli(from.readLong());
  }

  private static Precedent precedent(DataInputStream from) throws IOException {
    int length = from.readInt();
    if (length < 0 || length > LARGEST) {
      throw new IOException("a case that is too large");
    }
    byte[] octets = from.readNBytes(length);
    try {
      return Precedent.of(octets);
    } catch (IllegalArgumentException broken) {
      // Its words may quote what was sent, which may be anything.
      throw new IOException("a case that cannot be read", broken);
    }
  }
}
