package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * The header fields that one signature covers, and whether it fits them (RFC 6376 §3.7, §5.4.2).
 */
final class SignedHeader {
  private final DkimSignature signature;
  private final byte[] octets;
  private final HeaderFields headers;

  SignedHeader(DkimSignature signature, byte[] octets, HeaderFields headers) {
    this.signature = signature;
    this.octets = octets;
    this.headers = headers;
  }

  /** Whether b= is a signature of these fields by {@code key}. */
  boolean isSignedBy(PublicKey key) {
    try {
      return switch (signature.algorithm().orElseThrow()) {
        case RSA_SHA256 -> rsa(key);
        case ED25519_SHA256 -> ed25519(key);
      };
    } catch (SignatureException | InvalidKeyException notOfThisKey) {
      return false;
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private boolean rsa(PublicKey key)
      throws NoSuchAlgorithmException, InvalidKeyException, SignatureException {
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key);
    put(
        (piece, from, to) -> {
          try {
            verifier.update(piece, from, to - from);
          } catch (SignatureException notInitialised) {
            throw new IllegalStateException(notInitialised);
          }
        });
    return verifier.verify(value());
  }

  /** RFC 8463 §3: what Ed25519 signs is the SHA-256 of the header. */
  private boolean ed25519(PublicKey key)
      throws NoSuchAlgorithmException, InvalidKeyException, SignatureException {
    MessageDigest sha256 = Sha256.fresh();
    put((piece, from, to) -> sha256.update(piece, from, to - from));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(sha256.digest());
    return verifier.verify(value());
  }

  private byte[] value() {
    return signature.signature().orElseThrow();
  }

  /** Puts the covered fields in canonical form: those of h= bottom-up, then the signature's own. */
  void put(Octets out) {
    HeaderCanonicalizer canonical =
        new HeaderCanonicalizer(signature.headerCanonicalization().orElseThrow(), octets, out);
    Map<String, Iterator<HeaderField>> unused = new HashMap<>();
    for (String name : signature.signedFields()) {
      Iterator<HeaderField> bottomUp =
          unused.computeIfAbsent(name.toLowerCase(Locale.ROOT), this::bottomUp);
      if (bottomUp.hasNext()) { // a field that is named but absent counts as empty
        canonical.put(bottomUp.next());
      }
    }
    canonical.putWithout(signature.tags().window("b"), signature.field());
  }

  private Iterator<HeaderField> bottomUp(String name) {
    // The signature's own field was not there yet when h= was made.
    return headers.named(name).reversed().stream().filter(f -> f != signature.field()).iterator();
  }
}
