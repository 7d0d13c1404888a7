package dev.postern.evidence.dkim;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Public keys from the octets of p=. */
final class PublicKeys {
  private static final int ED25519_OCTETS = 32;
  private static final int ED25519_BITS = 256;

  /**
   * What every provider takes: one with native code refuses longer exponents, the JDK others. A key
   * that only some machines could read would make their verdicts differ.
   */
  private static final int LONGEST_EXPONENT = 33;

  private static final int LEAST_MODULUS = 512;
  private static final int LONGEST_MODULUS = 16_384;

  /** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410 §4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** AlgorithmIdentifier of rsaEncryption (RFC 3279 §2.3.1). */
  private static final byte[] RSA_ALGORITHM =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /**
   * A key and its size.
   *
   * @param key the key
   * @param bits of its modulus, or 256
   */
  record Sized(PublicKey key, int bits) {}

  private PublicKeys() {}

  /** Reads p= for {@code algorithm}; empty if it is no such key. */
  static Optional<Sized> read(Algorithm algorithm, byte[] p) {
    return read(algorithm, p, Providers.fastest());
  }

  static Optional<Sized> read(Algorithm algorithm, byte[] p, Providers by) {
    return switch (algorithm) {
      case ED25519_SHA256 -> ed25519(p, by);
      // §3.6.1 names RSAPublicKey, everybody publishes SubjectPublicKeyInfo (erratum 3017).
      case RSA_SHA256 -> rsa(p, by).or(() -> rsa(asSubjectPublicKeyInfo(p), by));
    };
  }

  private static Optional<Sized> ed25519(byte[] p, Providers by) {
    // Some providers take what is no point of the curve until they use it, Bouncy Castle throws.
    return p.length == ED25519_OCTETS && Ed25519.validatePublicKeyPartial(p, 0)
        ? generate(Algorithm.ED25519_SHA256, join(ED25519_PREFIX, p), by)
            .map(key -> new Sized(key, ED25519_BITS))
        : Optional.empty();
  }

  private static Optional<Sized> rsa(byte[] der, Providers by) {
    return generate(Algorithm.RSA_SHA256, der, by)
        .map(RSAPublicKey.class::cast)
        .filter(PublicKeys::ordinary)
        .map(key -> new Sized(key, key.getModulus().bitLength()));
  }

  /** Odd numbers of ordinary size, as the keys of real pairs are. */
  private static boolean ordinary(RSAPublicKey key) {
    BigInteger modulus = key.getModulus();
    BigInteger exponent = key.getPublicExponent();
    return modulus.signum() > 0
        && modulus.testBit(0)
        && modulus.bitLength() >= LEAST_MODULUS
        && modulus.bitLength() <= LONGEST_MODULUS
        && exponent.compareTo(BigInteger.ONE) > 0
        && exponent.testBit(0)
        && exponent.bitLength() <= LONGEST_EXPONENT;
  }

  private static Optional<PublicKey> generate(
      Algorithm algorithm, byte[] subjectPublicKeyInfo, Providers by) {
    try {
      KeyFactory factory = by.keys(algorithm);
      return Optional.of(factory.generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo)));
    } catch (InvalidKeySpecException notThisType) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException eachProviderHasIt) {
      throw new IllegalStateException(eachProviderHasIt);
    }
  }

  private static byte[] asSubjectPublicKeyInfo(byte[] rsaPublicKey) {
    byte[] noUnusedBits = {0};
    byte[] bits = der(0x03, join(noUnusedBits, rsaPublicKey));
    return der(0x30, join(RSA_ALGORITHM, bits));
  }

  private static byte[] der(int tag, byte[] content) {
    int n = content.length;
    byte[] header =
        n < 0x80
            ? new byte[] {(byte) tag, (byte) n}
            : n < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) n}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
    return join(header, content);
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = new byte[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
