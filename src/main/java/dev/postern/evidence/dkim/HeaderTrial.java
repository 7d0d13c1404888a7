package dev.postern.evidence.dkim;

import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells whether a signature was made over certain header fields. The number of trials is bounded.
 */
final class HeaderTrial {

  /** An RSA signature gives its hash away, so a trial is one more hash. */
  private static final int MOST_BY_HASH = 200;

  /** An Ed25519 signature must be verified each time. */
  private static final int MOST_BY_SIGNATURE = 40;

  private final DkimSignature signature;
  private final PublicKey key;
  private final Optional<byte[]> signedHash;
  private final Effort effort;
  private int left;

  /**
   * Trials of {@code signature} under {@code key}.
   *
   * @param signedHash what was signed, where the signature gives it away
   */
  HeaderTrial(DkimSignature signature, PublicKey key, Optional<byte[]> signedHash, Effort effort) {
    this.signature = signature;
    this.key = key;
    this.signedHash = signedHash;
    this.effort = effort;
    this.left = signedHash.isPresent() ? MOST_BY_HASH : MOST_BY_SIGNATURE;
  }

  /** Whether no more trials are allowed. */
  boolean over() {
    return left == 0;
  }

  /** Whether this is what was signed; false when no more trials are allowed. */
  boolean signed(HeaderDraft draft) {
    if (left == 0 || !effort.allows(draft.size())) {
      left = 0;
      return false;
    }
    left--;
    return signedHash
        .map(hash -> Arrays.equals(hash, hash(draft)))
        .orElseGet(() -> signature.fits(key, draft::put));
  }

  private static byte[] hash(HeaderDraft draft) {
    MessageDigest sha256 = Sha256.fresh();
    draft.put((octets, from, to) -> sha256.update(octets, from, to - from));
    return sha256.digest();
  }
}
