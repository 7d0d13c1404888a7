package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderFields;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A message and its signatures over body and header fields (RFC 6376 §6.1.3), verified together:
 * keys are asked for at once, and the body is hashed while DNS works. The signatures are those of
 * DKIM, or of ARC, which builds its own the same way (RFC 8617 §4.1.2).
 */
final class SignedMessage {
  private final byte[] octets;
  private final HeaderFields headers;
  private final KeyLookups keys;
  private final BodyHashes bodies;

  /** Takes signatures of sound syntax. */
  SignedMessage(
      byte[] octets, HeaderFields headers, KeyLookups keys, List<DkimSignature> signatures) {
    this.octets = octets;
    this.headers = headers;
    this.keys = keys;
    signatures.forEach(signature -> keys.start(signature.keyName()));
    List<BodyHashes.Signed> wanted = signatures.stream().map(s -> s.body().orElseThrow()).toList();
    this.bodies = BodyHashes.of(octets, headers.bodyOffset(), wanted, Sha256::fresh);
  }

  /** What became of one of the signatures; waits for its key. */
  Verdict verdict(DkimSignature signature) {
    return new KeyTrial(signature, key -> mismatch(signature, key))
        .under(keys.answer(signature.keyName()));
  }

  /** Canonical octets of the body that one of the signatures leaves out by l=. */
  long unsignedOctets(DkimSignature signature) {
    return Math.max(0, bodies.beyond(signature.body().orElseThrow()));
  }

  private Optional<Problem> mismatch(DkimSignature signature, PublicKey key) {
    Optional<byte[]> hash = bodies.of(signature.body().orElseThrow());
    if (hash.isEmpty()) {
      return Optional.of(Problem.neutral("malformed signature: l= is larger than the body"));
    }
    boolean body = MessageDigest.isEqual(hash.get(), signature.bodyHash().orElseThrow());
    boolean fields = signature.fits(key, new SignedHeader(signature, octets, headers)::put);
    return body && fields ? Optional.empty() : Optional.of(Problem.fail(whatChanged(body, fields)));
  }

  private static String whatChanged(boolean bodyHolds, boolean fieldsHold) {
    if (fieldsHold) {
      return "body changed after signing";
    }
    return bodyHolds
        ? "signed header changed after signing"
        : "body and signed header changed after signing";
  }
}
