package dev.postern.evidence.dkim;

import java.util.Locale;
import java.util.Optional;

/** The signature algorithms that count (RFC 8301 §3.1, RFC 8463 §3). */
enum Algorithm {
  RSA_SHA256("rsa"),
  ED25519_SHA256("ed25519");

  private final String keyType;

  Algorithm(String keyType) {
    this.keyType = keyType;
  }

  /** What k= of a fitting key record says. */
  String keyType() {
    return keyType;
  }

  /** Reads a=, in any case. */
  static Optional<Algorithm> named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "rsa-sha256" -> Optional.of(RSA_SHA256);
      case "ed25519-sha256" -> Optional.of(ED25519_SHA256);
      default -> Optional.empty();
    };
  }
}
