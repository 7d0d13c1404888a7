package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderFields;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says why signatures of one message do not fit it: which field changed, where text was added, or
 * that the key did not make the signature at all. It works only where a signature failed, with
 * bounded effort, and claims only what the signature itself proves. Not for several threads.
 */
final class WhatChanged {

  /** Signatures that are explained; of more only the plain words are said. */
  private static final int MOST_EXPLAINED = 3;

  private static final String BODY = "body changed after signing";
  private static final String OR_OF_ANOTHER_KEY = ", or the signature is not of this key";

  /**
   * A key under which a signature failed.
   *
   * @param key the key
   * @param bodyFits whether bh= is the hash of the body
   * @param fieldsFit whether b= is a signature of the header fields
   */
  record Mismatch(PublicKey key, boolean bodyFits, boolean fieldsFit) {

    /** Whether header or body changed, and no more. */
    String plainWords() {
      return fieldsFit ? BODY : fieldsWords() + OR_OF_ANOTHER_KEY;
    }

    /** That the header changed, and the body if it does not fit. */
    private String fieldsWords() {
      return bodyFits
          ? "a signed header field changed after signing"
          : "body and a signed header field changed after signing";
    }

    /** What was signed; empty if the key did not make the signature, or hides it. */
    private Optional<byte[]> signedHash(DkimSignature signature) {
      return key instanceof RSAPublicKey rsa
          ? SignedHash.of(rsa, signature.signature().orElseThrow())
          : Optional.empty();
    }
  }

  /** A body that was signed. */
  private record Body(BodyHashes.Signed signed, String hash) {}

  private final byte[] octets;
  private final HeaderFields headers;
  private final Effort effort;
  private final Map<Body, Optional<String>> bodies = new HashMap<>();
  private int explained;

  WhatChanged(byte[] octets, HeaderFields headers) {
    this.octets = octets;
    this.headers = headers;
    this.effort = new Effort(octets.length);
  }

  /**
   * Why {@code signature} fails, in our words.
   *
   * @param mismatches under which keys, at least one
   */
  String words(DkimSignature signature, List<Mismatch> mismatches) {
    if (explained == MOST_EXPLAINED) {
      return mismatches.getFirst().plainWords();
    }
    explained++;
    Mismatch telling =
        mismatches.stream()
            .filter(it -> it.fieldsFit() || it.signedHash(signature).isPresent())
            .findFirst()
            .orElseGet(mismatches::getFirst);
    return telling.fieldsFit() ? body(signature) : fields(signature, telling);
  }

  private String fields(DkimSignature signature, Mismatch mismatch) {
    Optional<byte[]> signedHash = mismatch.signedHash(signature);
    boolean rsa = mismatch.key() instanceof RSAPublicKey;
    if (rsa && signedHash.isEmpty()) {
      return "not made with the key at " + signature.keyName() + ", or damaged";
    }
    HeaderTrial trial = new HeaderTrial(signature, mismatch.key(), signedHash, effort);
    Optional<String> found = HeaderSearch.words(signature, octets, headers, trial);
    if (found.isEmpty()) {
      // The signature's own field may be what changed, so bh= proves nothing of the body.
      return mismatch.fieldsWords() + (rsa ? "" : OR_OF_ANOTHER_KEY);
    }
    return mismatch.bodyFits() ? found.get() : body(signature) + "; " + found.get();
  }

  private String body(DkimSignature signature) {
    return BODY + change(signature).map(it -> ": " + it).orElse("");
  }

  private Optional<String> change(DkimSignature signature) {
    BodyHashes.Signed signed = signature.body().orElseThrow();
    Body body = new Body(signed, signature.tags().compact("bh"));
    return bodies.computeIfAbsent(
        body,
        _ ->
            new BodySearch(
                    octets,
                    headers.bodyOffset(),
                    signed,
                    signature.bodyHash().orElseThrow(),
                    effort)
                .words());
  }
}
