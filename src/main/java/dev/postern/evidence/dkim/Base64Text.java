package dev.postern.evidence.dkim;

import java.util.Base64;
import java.util.Optional;

/** Base64 as tags carry it: folded anywhere (RFC 6376 §2.10), hostile, of bounded size. */
final class Base64Text {

  /** A signature or key of 32,768 bit; the JDK takes none above 16,384. */
  private static final int LONGEST = 8192;

  private Base64Text() {}

  /** The octets; empty if absent, too long or not base64. */
  static Optional<byte[]> decode(TagList tags, String tag) {
    if (tags.length(tag) > 2 * LONGEST) {
      return Optional.empty();
    }
    String text = tags.compact(tag);
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
