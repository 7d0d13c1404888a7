package dev.postern.evidence.dkim;

import java.util.Locale;
import java.util.Optional;

/** How much a mail system may change a message without breaking a signature (RFC 6376 §3.4). */
enum Canonicalization {
  SIMPLE,
  RELAXED;

  /** The one that this is not. */
  Canonicalization other() {
    return this == SIMPLE ? RELAXED : SIMPLE;
  }

  /** Reads a word of c=, in any case. */
  static Optional<Canonicalization> named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "simple" -> Optional.of(SIMPLE);
      case "relaxed" -> Optional.of(RELAXED);
      default -> Optional.empty();
    };
  }
}
