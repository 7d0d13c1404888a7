package dev.postern.app.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Brings messages that were saved as text files back to how they crossed the wire. */
final class LineEnds {
  private LineEnds() {}

  /**
   * The octets with CRLF for every LF, if the file has no CRLF at all; a file that has some is left
   * as it is, since the bare ones are then the sender's. Signatures need this to the octet.
   */
  static byte[] ofTheWire(byte[] octets, PrintStream notes) {
    int bare = 0;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '\n') {
        if (i > 0 && octets[i - 1] == '\r') {
          return octets;
        }
        bare++;
      }
    }
    if (bare == 0) {
      return octets;
    }
    notes.println("note: the file has LF line ends; it is read with CRLF, as mail is sent");
    ByteArrayOutputStream wire = new ByteArrayOutputStream(octets.length + bare);
    for (byte octet : octets) {
      if (octet == '\n') {
        wire.write('\r');
      }
      wire.write(octet);
    }
    return wire.toByteArray();
  }
}
