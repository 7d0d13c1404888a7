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
      return switch (algorithm) {
        case RSA_SHA256 -> rsa(key, text);
        case ED25519_SHA256 -> ed25519(key, text);
      };
    } catch (SignatureException | InvalidKeyException notOfThisKey) {
      return false;
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private boolean rsa(PublicKey key, Consumer<Octets> text)
      throws NoSuchAlgorithmException, InvalidKeyException, SignatureException {
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key);
    text.accept(
        (octets, from, to) -> {
          try {
            verifier.update(octets, from, to - from);
          } catch (SignatureException notInitialised) {
            throw new IllegalStateException(notInitialised);
          }
        });
    return verifier.verify(value);
  }

  /** RFC 8463 §3: what Ed25519 signs is the SHA-256 of the text. */
  private boolean ed25519(PublicKey key, Consumer<Octets> text)
      throws NoSuchAlgorithmException, InvalidKeyException, SignatureException {
    MessageDigest sha256 = Sha256.fresh();
    text.accept((octets, from, to) -> sha256.update(octets, from, to - from));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(sha256.digest());
    return verifier.verify(value);
  }
}
