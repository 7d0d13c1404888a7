package dev.postern.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What octets mean in mail that names a charset, a wrong one, or none. */
final class Charsets8 {
  private Charsets8() {}

  /**
   * Real headers with raw octets are UTF-8 (RFC 6532) or the Latin-1 of old software; text that is
   * valid UTF-8 by chance hardly exists.
   */
  static String utf8OrLatin1(byte[] octets, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets, 0, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
  }

  /** Text in the charset of that name; as above where this JVM has no such charset. */
  static String decode(byte[] octets, String charset) {
    try {
      if (!charset.equalsIgnoreCase("us-ascii") && !charset.isEmpty()) {
        return new String(octets, Charset.forName(charset));
      }
    } catch (IllegalArgumentException unknownCharset) {
      // Falls through: a wrong name is no reason to show nothing.
    }
    return utf8OrLatin1(octets, octets.length);
  }
}
