package dev.postern.quarantine;

import dev.postern.mail.RawMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Content that a mail system keeps line by line, with the line ends that it has on the wire.
 *
 * @param message the octets
 * @param whole whether they are all
 */
public record CrlfContent(RawMessage message, boolean whole) {

  /** Reads to the end, or to so many octets; each LF becomes CRLF. */
  public static CrlfContent read(InputStream in, int most) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream(16 * 1024);
    int octet = in.read();
    while (octet >= 0 && content.size() < most) {
      if (octet == '\n') {
        content.write('\r');
      }
      content.write(octet);
      octet = in.read();
    }
    return new CrlfContent(RawMessage.of(content.toByteArray()), octet < 0);
  }
}
