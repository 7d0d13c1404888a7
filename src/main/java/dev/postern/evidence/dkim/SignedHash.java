package dev.postern.evidence.dkim;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What an RSA signer hashed, read back out of the signature with the public key (RFC 8017 §8.2.2).
 * A signature that does not fit the message tells by this whether the message or the signature
 * changed: no hash comes out of a value that this key did not make.
 */
final class SignedHash {
  private static final int SHA256_OCTETS = 32;

  /** DigestInfo of SHA-256 up to the hash, with and without parameters (RFC 8017 §9.2). */
  private static final byte[] DIGEST_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private static final byte[] DIGEST_INFO_WITHOUT_PARAMETERS =
      HexFormat.of().parseHex("302f300b06096086480165030402010420");

  private SignedHash() {}

  /** The SHA-256 that {@code key} signed; empty if {@code signature} is not by this key. */
  static Optional<byte[]> of(RSAPublicKey key, byte[] signature) {
    int size = (key.getModulus().bitLength() + 7) / 8;
    BigInteger value = new BigInteger(1, signature);
    if (signature.length != size || value.compareTo(key.getModulus()) >= 0) {
      return Optional.empty();
    }
    byte[] block = block(value.modPow(key.getPublicExponent(), key.getModulus()), size);
    byte[] hash = Arrays.copyOfRange(block, size - SHA256_OCTETS, size);
    boolean sound =
        Arrays.equals(block, padded(DIGEST_INFO, hash, size))
            || Arrays.equals(block, padded(DIGEST_INFO_WITHOUT_PARAMETERS, hash, size));
    return sound ? Optional.of(hash) : Optional.empty();
  }

  private static byte[] block(BigInteger number, int size) {
    byte[] octets = number.toByteArray();
    byte[] block = new byte[size];
    int kept = Math.min(size, octets.length); // a leading zero for the sign may be one too many
    System.arraycopy(octets, octets.length - kept, block, size - kept, kept);
    return block;
  }

  /** EMSA-PKCS1-v1_5: 00 01 FF … FF 00 DigestInfo. */
  private static byte[] padded(byte[] info, byte[] hash, int size) {
    byte[] block = new byte[size];
    int end = size - info.length - hash.length - 1;
    Arrays.fill(block, 2, end, (byte) 0xff);
    block[1] = 1;
    System.arraycopy(info, 0, block, end + 1, info.length);
    System.arraycopy(hash, 0, block, size - hash.length, hash.length);
    return block;
  }
}
