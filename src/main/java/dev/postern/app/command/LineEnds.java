package dev.postern.app.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Brings messages that were saved as text files back to how they crossed the wire. The file is read
 * twice, so that a large one is in memory once only.
 */
final class LineEnds {
  private static final int PIECE = 64 * 1024;

  /** A file that can be read from its start as often as needed. */
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * What a file holds.
   *
   * @param octets all of them
   * @param bare LFs that no CR precedes
   * @param wire whether a CRLF is among them
   */
  private record Tally(long octets, long bare, boolean wire) {

    /** A file that has some CRLF is left as it is: the bare ones are then the sender's. */
    boolean saved() {
      return bare > 0 && !wire;
    }
  }

  private LineEnds() {}

  /**
   * The octets with CRLF for every LF, if the file has no CRLF at all. Signatures need this to the
   * octet.
   *
   * @param most octets that are read of a file; one that has more comes out longer than this
   * @throws IOException also if the file changed while it was read
   */
  static byte[] ofTheWire(Source source, int most, PrintStream notes) throws IOException {
    Tally file = tally(source, most + 1L);
    boolean cut = file.octets > most;
    byte[] wire = new byte[(int) (file.octets + (file.saved() && !cut ? file.bare : 0))];
    if (cut) {
      return wire;
    }
    if (file.saved()) {
      notes.println("note: the file has LF line ends; it is read with CRLF, as mail is sent");
    }
    try (InputStream in = new BufferedInputStream(source.open(), PIECE)) {
      int length = file.saved() ? withCrlf(in, wire) : in.readNBytes(wire, 0, wire.length);
      if (length != wire.length || in.read() >= 0) {
        throw new IOException("the file changed while it was read");
      }
    }
    return wire;
  }

  private static Tally tally(Source source, long most) throws IOException {
    byte[] piece = new byte[PIECE];
    long octets = 0;
    long bare = 0;
    boolean crlf = false;
    byte last = 0;
    try (InputStream in = source.open()) {
      for (int n = in.read(piece); n > 0 && octets < most; n = in.read(piece)) {
        octets += n;
        for (int i = 0; i < n; i++) {
          boolean afterCr = last == '\r';
          last = piece[i];
          bare += last == '\n' && !afterCr ? 1 : 0;
          crlf |= last == '\n' && afterCr;
        }
      }
    }
    return new Tally(Math.min(octets, most), bare, crlf);
  }

  private static int withCrlf(InputStream in, byte[] wire) throws IOException {
    int length = 0;
    for (int octet = in.read(); octet >= 0 && length < wire.length; octet = in.read()) {
      if (octet == '\n') {
        wire[length++] = '\r';
      }
      if (length < wire.length) {
        wire[length++] = (byte) octet;
      }
    }
    return length;
  }
}
