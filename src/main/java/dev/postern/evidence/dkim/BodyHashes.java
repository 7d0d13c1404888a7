package dev.postern.evidence.dkim;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The body hashes that the signatures of one message need. However many there are, the body is
 * hashed at most once per canonicalisation; cuts by l= are taken on the way.
 */
final class BodyHashes {

  /**
   * What a signature says of the body it signed.
   *
   * @param canonicalization the second word of c=
   * @param length l= in canonical octets, {@link PrefixDigest#WHOLE} without it
   */
  record Signed(Canonicalization canonicalization, long length) {}

  private final Map<Canonicalization, PrefixDigest> digests = new EnumMap<>(Canonicalization.class);

  private BodyHashes() {}

  /** Hashes {@code octets[from, end)} for all of {@code wanted}. */
  static BodyHashes of(
      byte[] octets, int from, Collection<Signed> wanted, Supplier<MessageDigest> sha256) {
    BodyHashes hashes = new BodyHashes();
    for (Canonicalization how : Canonicalization.values()) {
      List<Long> lengths = new ArrayList<>();
      for (Signed body : wanted) {
        if (body.canonicalization == how) {
          lengths.add(body.length);
        }
      }
      if (!lengths.isEmpty()) {
        PrefixDigest digest = new PrefixDigest(sha256.get(), lengths);
        BodyCanonicalizer.canonicalize(how, octets, from, digest);
        digest.finish();
        hashes.digests.put(how, digest);
      }
    }
    return hashes;
  }

  /** The hash; empty if the body is shorter than l= says. */
  Optional<byte[]> of(Signed wanted) {
    return digest(wanted).hash(wanted.length);
  }

  /** Canonical octets that the signature does not cover; negative if the body is too short. */
  long beyond(Signed wanted) {
    return wanted.length == PrefixDigest.WHOLE ? 0 : digest(wanted).total() - wanted.length;
  }

  private PrefixDigest digest(Signed wanted) {
    PrefixDigest digest = digests.get(wanted.canonicalization);
    if (digest == null) {
      throw new IllegalArgumentException("not among those asked for: " + wanted);
    }
    return digest;
  }
}
