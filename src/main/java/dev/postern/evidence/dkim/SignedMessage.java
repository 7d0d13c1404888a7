package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderFields;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  private final boolean explaining;

  /** Made when a first signature fails. */
  private @Nullable WhatChanged explanation;

  /**
   * Takes signatures of sound syntax.
   *
   * @param explaining whether to work out what changed under a signature that fails
   */
  SignedMessage(
      byte[] octets,
      HeaderFields headers,
      KeyLookups keys,
      List<DkimSignature> signatures,
      boolean explaining) {
    this.octets = octets;
    this.headers = headers;
    this.keys = keys;
    this.explaining = explaining;
    List<BodyHashes.Signed> wanted = new ArrayList<>();
    for (DkimSignature signature : signatures) {
      keys.start(signature.keyName());
      wanted.add(signature.body().orElseThrow());
    }
    this.bodies = BodyHashes.of(octets, headers.bodyOffset(), wanted, Sha256::fresh);
  }

  /** What became of one of the signatures; waits for its key. */
  Verdict verdict(DkimSignature signature) {
    List<WhatChanged.Mismatch> mismatches = new ArrayList<>();
    Verdict verdict =
        new KeyTrial(signature, key -> mismatch(signature, key, mismatches))
            .under(keys.answer(signature.keyName()));
    return verdict.failed() ? verdict.because(whatChanged(signature, mismatches)) : verdict;
  }

  /** Canonical octets of the body that one of the signatures leaves out by l=. */
  long unsignedOctets(DkimSignature signature) {
    return Math.max(0, bodies.beyond(signature.body().orElseThrow()));
  }

  private Optional<Problem> mismatch(
      DkimSignature signature, PublicKey key, List<WhatChanged.Mismatch> mismatches) {
    Optional<byte[]> hash = bodies.of(signature.body().orElseThrow());
    if (hash.isEmpty()) {
      return Optional.of(Problem.neutral("malformed signature: l= is larger than the body"));
    }
    boolean body = MessageDigest.isEqual(hash.get(), signature.bodyHash().orElseThrow());
    boolean fields = signature.fits(key, new SignedHeader(signature, octets, headers)::put);
    if (body && fields) {
      return Optional.empty();
    }
    mismatches.add(new WhatChanged.Mismatch(key, body, fields));
    return Optional.of(Problem.fail("changed after signing"));
  }

  private String whatChanged(DkimSignature signature, List<WhatChanged.Mismatch> mismatches) {
    if (!explaining) {
      return mismatches.getFirst().plainWords();
    }
    if (explanation == null) {
      explanation = new WhatChanged(octets, headers);
    }
    return explanation.words(signature, mismatches);
  }
}
