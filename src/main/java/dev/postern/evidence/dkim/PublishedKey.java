package dev.postern.evidence.dkim;

import java.util.Optional;

/**
 * A key record as it stands in DNS, without any signature that uses it (RFC 6376 §3.6.1).
 *
 * @param type k=, {@code rsa} or {@code ed25519} where it is usable; hostile
 * @param bits size of the key; 0 where it cannot be read
 * @param revoked whether p= is empty: signatures under it do not count
 * @param testing t=y: the signer asks that a failure be treated like no signature
 * @param exactIdentity t=s: i= must not lie in a subdomain
 * @param problem why no signature can pass under it, in our words; empty if one can or if it is
 *     revoked
 */
public record PublishedKey(
    String type,
    int bits,
    boolean revoked,
    boolean testing,
    boolean exactIdentity,
    String problem) {

  /** RFC 8301 §3.2: what signers should use at least. */
  public static final int GOOD_RSA_BITS = 2048;

  /** RFC 8301 §3.2: what every verifier must be able to check. */
  public static final int MOST_RSA_BITS = 4096;

  private static final int LONGEST_TYPE = 40;

  /** Reads one TXT record; empty when it is not meant to be a key. Never throws. */
  public static Optional<PublishedKey> of(String txt) {
    KeyRecord record = KeyRecord.read(txt);
    return record.isMeantAsKey() ? Optional.of(of(record)) : Optional.empty();
  }

  private static PublishedKey of(KeyRecord record) {
    String type = record.type();
    Optional<Algorithm> algorithm = algorithm(type);
    Optional<PublicKeys.Sized> key = algorithm.flatMap(record::key);
    Optional<String> problem =
        algorithm.isEmpty()
            ? Optional.of("its type k= is neither rsa nor ed25519")
            : record.problem(algorithm.get(), false).map(Problem::reason);
    if (problem.isEmpty() && key.isEmpty()) {
      problem = Optional.of("p= holds no key of its type");
    }
    if (problem.isEmpty()) {
      problem = KeyRecord.weakness(algorithm.get(), key.get().bits()).map(Problem::reason);
    }
    return new PublishedKey(
        type.substring(0, Math.min(type.length(), LONGEST_TYPE)),
        key.map(PublicKeys.Sized::bits).orElse(0),
        record.isRevoked(),
        record.testing(),
        record.exactIdentity(),
        record.isRevoked() ? "" : problem.orElse(""));
  }

  private static Optional<Algorithm> algorithm(String type) {
    return switch (type) {
      case "rsa" -> Optional.of(Algorithm.RSA_SHA256);
      case "ed25519" -> Optional.of(Algorithm.ED25519_SHA256);
      default -> Optional.empty();
    };
  }
}
