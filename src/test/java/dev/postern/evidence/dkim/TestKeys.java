package dev.postern.evidence.dkim;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/**
 * TEST ONLY. Key pairs that follow from a public label, so that everybody can make them again and
 * nothing secret is kept. Never use such a key for real mail: whoever knows the label has it.
 */
public final class TestKeys {
  private static final BigInteger F4 = BigInteger.valueOf(65537);

  private TestKeys() {}

  /** An RSA pair; its primes are the first ones after numbers hashed from the label. */
  public static KeyPair rsa(String label, int bits) {
    BigInteger p = prime(label + "/p", bits / 2);
    BigInteger q = prime(label + "/q", bits - bits / 2);
    BigInteger n = p.multiply(q);
    BigInteger phi = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      return new KeyPair(
          rsa.generatePublic(new RSAPublicKeySpec(n, F4)),
          rsa.generatePrivate(new RSAPrivateKeySpec(n, F4.modInverse(phi))));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** An Ed25519 pair; its seed is hashed from the label. */
  static KeyPair ed25519(String label) {
    byte[] seed = expand(label + "/seed", 32);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Always(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static BigInteger prime(String label, int bits) {
    BigInteger start = new BigInteger(1, expand(label, bits / 8)).setBit(bits - 1).setBit(bits - 2);
    BigInteger prime = start.nextProbablePrime();
    boolean fits = prime.subtract(BigInteger.ONE).gcd(F4).equals(BigInteger.ONE);
    return fits ? prime : prime(label + "+", bits);
  }

  private static byte[] expand(String label, int length) {
    byte[] all = new byte[length + 32];
    for (int at = 0; at < length; at += 32) {
      MessageDigest sha256 = Sha256.fresh();
      sha256.update(("TEST ONLY " + label + "#" + at).getBytes(StandardCharsets.UTF_8));
      System.arraycopy(sha256.digest(), 0, all, at, 32);
    }
    return Arrays.copyOf(all, length);
  }

  /** Gives the same octets every time. */
  private static final class Always extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] octets;

    Always(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(octets, 0, bytes, 0, bytes.length);
    }
  }
}
