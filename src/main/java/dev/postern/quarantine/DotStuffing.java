package dev.postern.quarantine;

import java.io.IOException;
import java.io.OutputStream;

/** Transparency of message content (RFC 5321 §4.5.2). */
final class DotStuffing {
  private DotStuffing() {}

  /**
   * Writes the octets with a dot more at the start of each line that begins with one, and with a
   * CRLF behind a message that does not end in one. Nothing else changes: bare CR and LF and long
   * lines go as they are.
   */
  static void write(byte[] octets, OutputStream out) throws IOException {
    int from = 0;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '.' && lineStart(octets, i)) {
        out.write(octets, from, i - from);
        out.write('.');
        from = i;
      }
    }
    out.write(octets, from, octets.length - from);
    if (!lineStart(octets, octets.length)) {
      out.write('\r');
      out.write('\n');
    }
  }

  private static boolean lineStart(byte[] octets, int at) {
    return at == 0 || (at > 1 && octets[at - 1] == '\n' && octets[at - 2] == '\r');
  }
}
