package dev.postern.mail;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The octets of one message exactly as they crossed the wire, after dot-unstuffing: header section,
 * empty line, body (RFC 5322 §2.1). Never changed, never turned into a {@code String} as a whole.
 */
public final class RawMessage {
  private final byte[] octets;

  private RawMessage(byte[] octets) {
    this.octets = octets;
  }

  /** Takes over {@code octets}: the caller must not change the array afterwards. */
  public static RawMessage of(byte[] octets) {
    return new RawMessage(octets);
  }

  /** Size in octets. */
  public int size() {
    return octets.length;
  }

  /** A read-only view; cheap, no copy. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(octets).asReadOnlyBuffer();
  }

  /** A fresh stream over the octets; cheap, no copy. */
  public InputStream open() {
    return new ByteArrayInputStream(octets);
  }

  /** The octets themselves, for parsers that index them. Must not be changed. */
  public byte[] octets() {
    return octets;
  }

  /** SHA-256 of the octets in lower-case hexadecimal. */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
