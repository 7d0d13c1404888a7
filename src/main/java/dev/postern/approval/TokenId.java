package dev.postern.approval;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The random half of a token; what the row holds.
 *
 * @param hex 128 random bits, 32 lower-case hexadecimal digits
 */
public record TokenId(String hex) {
  /** Takes a well-formed id; anything else is a programmer's error. */
  public TokenId {
    if (!hex.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("not a token id");
    }
  }

  /** The id that stands in an inbox row; empty where the click carried no token of ours. */
  public static Optional<TokenId> kept(String hex) {
    return hex.isEmpty() ? Optional.empty() : Optional.of(new TokenId(hex));
  }

  /** A new id from a cryptographic source. */
  public static TokenId random(RandomGenerator random) {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return new TokenId(HexFormat.of().formatHex(bits));
  }
}
