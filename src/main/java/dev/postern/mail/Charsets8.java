package dev.postern.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    Optional<Charset> known = charset.isEmpty() ? Optional.empty() : Known.named(charset);
    return known
        .filter(it -> !it.equals(StandardCharsets.US_ASCII))
        .map(it -> new String(octets, it))
        .orElseGet(() -> utf8OrLatin1(octets, octets.length));
  }

  /**
   * The charsets of this JVM by each of their names. {@link Charset#forName} takes up to a fifth of
   * a millisecond to find that there is none of a name, and one header has room for 25,000 names.
   */
  private static final class Known {
    private static final Map<String, Charset> BY_NAME = new HashMap<>();

    static {
      for (Charset charset : Charset.availableCharsets().values()) {
        charset.aliases().forEach(alias -> BY_NAME.put(alias.toLowerCase(Locale.ROOT), charset));
      }
      Charset.availableCharsets()
          .forEach((name, charset) -> BY_NAME.put(name.toLowerCase(Locale.ROOT), charset));
    }

    static Optional<Charset> named(String name) {
      return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }
  }
}
