package dev.postern.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of the evidence as canonical JSON (RFC 8785). Tokens, votes and log entries carry it, so
 * that each of them is about exactly these facts.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {

  /** Takes a digest that is well formed; anything else is a programmer's error. */
  public Digest {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + hex);
    }
  }

  /** The digest of a canonical document. */
  public static Digest of(String canonicalJson) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(canonicalJson.getBytes(StandardCharsets.UTF_8));
      return new Digest(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The first twelve digits in groups of four, as cards show them: {@code 9f3c 2e81 d04a}. */
  public String brief() {
    return hex.substring(0, 4) + " " + hex.substring(4, 8) + " " + hex.substring(8, 12);
  }
}
