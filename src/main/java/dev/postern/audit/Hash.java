package dev.postern.audit;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A node of the tree: 32 octets of SHA-256. Immutable. */
public final class Hash {
  /** How long one is, in octets. */
  public static final int OCTETS = 32;

  private final byte[] octets;

  private Hash(byte[] octets) {
    if (octets.length != OCTETS) {
      throw new IllegalArgumentException("a hash has 32 octets, this has " + octets.length);
    }
    this.octets = octets;
  }

  /** The hash with these 32 octets. */
  public static Hash of(byte[] octets) {
    return new Hash(octets.clone());
  }

  /** The octets; a copy. */
  public byte[] octets() {
    return octets.clone();
  }

  /** As 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(octets);
  }

  /** As checkpoints show it: base 64 of RFC 4648 §4. */
  public String base64() {
    return Base64.getEncoder().encodeToString(octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return hex();
  }
}
