package dev.postern.evidence.dkim;

import dev.postern.evidence.Answer;
import dev.postern.evidence.PerAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A key as DNS publishes it (RFC 6376 §3.6.1, RFC 8463 §4). */
final class KeyRecord {

  /** RFC 8301 §3.2: shorter keys must not count. */
  private static final int LEAST_RSA_BITS = 1024;

  /** §3.6.2.2 leaves several key records undefined; that many are tried. */
  private static final int MOST_KEYS = 4;

  /** The key records of an answer; those that are no keys only where there is none. */
  static final PerAnswer<List<KeyRecord>> PUBLISHED = new PerAnswer<>(KeyRecord::readAll);

  private final TagList tags;
  private final Map<Algorithm, Optional<PublicKeys.Sized>> keys = new ConcurrentHashMap<>();

  private KeyRecord(TagList tags) {
    this.tags = tags;
  }

  private static List<KeyRecord> readAll(Answer answer) {
    List<KeyRecord> all = answer.data().stream().map(KeyRecord::read).toList();
    List<KeyRecord> keys = all.stream().filter(KeyRecord::isKey).toList();
    return (keys.isEmpty() ? all : keys).stream().limit(MOST_KEYS).toList();
  }

  /** Reads the joined strings of one TXT record, one character per octet. Never throws. */
  static KeyRecord read(String txt) {
    byte[] octets = txt.getBytes(StandardCharsets.ISO_8859_1);
    return new KeyRecord(TagList.read(octets, 0, octets.length));
  }

  /** Whether it is meant to be a key at all: other TXT records may stand at the same name. */
  boolean isKey() {
    return tags.has("p");
  }

  /** t=y: the domain is only testing DKIM (§3.6.1). */
  boolean testing() {
    return listed(tags, "t", "y");
  }

  /** Whether somebody meant it as a key, be it well formed or not. */
  boolean isMeantAsKey() {
    return isKey() || tags.has("k") || tags.text("v").equalsIgnoreCase("DKIM1");
  }

  /** Whether it is well formed, and says that its key no longer counts. */
  boolean isRevoked() {
    return tags.flaw().isEmpty() && isKey() && tags.compact("p").isEmpty();
  }

  /** k=, or what it means when absent. */
  String type() {
    return tags.has("k") ? tags.text("k").toLowerCase(Locale.ROOT) : "rsa";
  }

  /** t=s: i= must not lie in a subdomain (§3.6.1). */
  boolean exactIdentity() {
    return listed(tags, "t", "s");
  }

  /**
   * Why this record may not serve a signature, before the key itself is looked at.
   *
   * @param identityInSubdomain whether its i= lies below its d=
   */
  Optional<Problem> problem(Algorithm algorithm, boolean identityInSubdomain) {
    if (tags.flaw().isPresent()) {
      return permanent("malformed key record: " + tags.flaw().get());
    }
    boolean version = tags.firstTag().equals("v") && tags.text("v").equals("DKIM1");
    if (tags.has("v") && !version) {
      return permanent("key record of another version");
    }
    if (!tags.has("p")) {
      return permanent("key record without a key");
    }
    if (tags.compact("p").isEmpty()) {
      return permanent("key revoked");
    }
    return purpose(algorithm, identityInSubdomain);
  }

  /** The key; empty if p= holds none of the type that {@code algorithm} needs. */
  Optional<PublicKeys.Sized> key(Algorithm algorithm) {
    return keys.computeIfAbsent(
        algorithm, a -> Base64Text.decode(tags, "p").flatMap(p -> PublicKeys.read(a, p)));
  }

  /** Why a key of that size must not count. */
  static Optional<Problem> weakness(Algorithm algorithm, int bits) {
    return algorithm == Algorithm.RSA_SHA256 && bits < LEAST_RSA_BITS
        ? Optional.of(Problem.policy("weak key: " + bits + " bits, 1024 are the least"))
        : Optional.empty();
  }

  private Optional<Problem> purpose(Algorithm algorithm, boolean identityInSubdomain) {
    if (!algorithm.keyType().equals(type())) {
      return permanent("key is of another type than the signature");
    }
    if (tags.has("h") && !listed(tags, "h", "sha256")) {
      return permanent("key does not allow SHA-256");
    }
    if (tags.has("s") && !listed(tags, "s", "*") && !listed(tags, "s", "email")) {
      return permanent("key is not for e-mail");
    }
    return identityInSubdomain && exactIdentity()
        ? permanent("key does not allow a signing identity in a subdomain")
        : Optional.empty();
  }

  /**
   * Whether a colon-separated list names {@code word}, in any case; others are skipped (§3.6.1).
   */
  static boolean listed(TagList tags, String tag, String word) {
    if (!tags.has(tag) || tags.length(tag) > 4096) {
      return false;
    }
    for (String listed : tags.compact(tag).split(":", -1)) {
      if (listed.equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Problem> permanent(String reason) {
    return Optional.of(Problem.permanent(reason));
  }
}
