package dev.postern.evidence.dkim;

import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Public keys from the octets of p=. */
final class PublicKeys {
  private static final int ED25519_OCTETS = 32;
  private static final int ED25519_BITS = 256;

  /** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410 §4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

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
      case RSA_SHA256 -> rsa(p, by);
    };
  }

  private static Optional<Sized> ed25519(byte[] p, Providers by) {
    // Some providers take what is no point of the curve until they use it, Bouncy Castle throws.
    return p.length == ED25519_OCTETS && Ed25519.validatePublicKeyPartial(p, 0)
        ? generate(Algorithm.ED25519_SHA256, new X509EncodedKeySpec(join(ED25519_PREFIX, p)), by)
            .map(key -> new Sized(key, ED25519_BITS))
        : Optional.empty();
  }

  private static Optional<Sized> rsa(byte[] p, Providers by) {
    return RsaNumbers.read(p)
        .flatMap(
            numbers ->
                generate(Algorithm.RSA_SHA256, numbers, by)
                    .map(key -> new Sized(key, numbers.getModulus().bitLength())));
  }

  private static Optional<PublicKey> generate(Algorithm algorithm, KeySpec key, Providers by) {
    try {
      return Optional.of(by.keys(algorithm).generatePublic(key));
    } catch (InvalidKeySpecException notThisType) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException eachProviderHasIt) {
      throw new IllegalStateException(eachProviderHasIt);
    }
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = new byte[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
