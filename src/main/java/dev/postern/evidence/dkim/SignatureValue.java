package dev.postern.evidence.dkim;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.function.Consumer;

/** The value of b= against the octets that it signs (RFC 6376 §3.3, RFC 8463 §3). */
final class SignatureValue {
  private final Algorithm algorithm;
  private final byte[] value;

  SignatureValue(Algorithm algorithm, byte[] value) {
    this.algorithm = algorithm;
    this.value = value;
  }

  /** Whether this is a signature by {@code key} of what {@code text} puts. */
  boolean fits(PublicKey key, Consumer<Octets> text) {
    try {
      Signature verifier = Providers.fastest().signatures(algorithm);
      verifier.initVerify(key);
      switch (algorithm) {
        case RSA_SHA256 -> read(text, (octets, from, to) -> update(verifier, octets, from, to));
        case ED25519_SHA256 -> {
          // RFC 8463 §3: what Ed25519 signs is the SHA-256 of the text.
          MessageDigest sha256 = Sha256.fresh();
          read(text, (octets, from, to) -> sha256.update(octets, from, to - from));
          verifier.update(sha256.digest());
        }
      }
      return verifier.verify(value);
    } catch (SignatureException | InvalidKeyException notOfThisKey) {
      return false;
    } catch (NoSuchAlgorithmException eachProviderHasIt) {
      throw new IllegalStateException(eachProviderHasIt);
    }
  }

  private static void read(Consumer<Octets> text, Octets out) {
    Gathering pieces = new Gathering(out);
    text.accept(pieces);
    pieces.flush();
  }

  private static void update(Signature verifier, byte[] octets, int from, int to) {
    try {
      verifier.update(octets, from, to - from);
    } catch (SignatureException notInitialised) {
      throw new IllegalStateException(notInitialised);
    }
  }
}
