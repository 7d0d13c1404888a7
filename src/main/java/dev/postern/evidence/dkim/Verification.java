package dev.postern.evidence.dkim;

import dev.postern.evidence.Answer;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DnsName;
import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderFields;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** One signature against its key, the body and the header (RFC 6376 §6.1.2, §6.1.3). */
final class Verification {

  /** §3.6.2.2 leaves several key records undefined; that many are tried. */
  private static final int MOST_KEYS = 4;

  /**
   * What became of it under one key.
   *
   * @param problem why it does not pass; empty on a pass
   * @param keyBits size of the key, 0 without one
   */
  private record Verdict(Optional<Problem> problem, int keyBits) {
    static Verdict without(Problem problem) {
      return new Verdict(Optional.of(problem), 0);
    }
  }

  private final DkimSignature signature;
  private final BodyHashes bodies;
  private final SignedHeader header;

  Verification(DkimSignature signature, byte[] octets, HeaderFields headers, BodyHashes bodies) {
    this.signature = signature;
    this.bodies = bodies;
    this.header = new SignedHeader(signature, octets, headers);
  }

  /** The finding, once DNS has answered. */
  DkimFinding under(Answer answer) {
    Verdict verdict =
        switch (answer.status()) {
          case NOERROR -> underKeys(answer.data());
          case NODATA, NXDOMAIN ->
              Verdict.without(Problem.permanent("no key at " + signature.keyName()));
          case TEMPFAIL -> Verdict.without(noAnswer(signature.keyName()));
        };
    long unsigned = Math.max(0, bodies.beyond(signature.body().orElseThrow()));
    return finding(signature, verdict.problem, verdict.keyBits, unsigned);
  }

  /** The finding for a signature that was not, or could not be, verified. */
  static DkimFinding refused(DkimSignature signature, Problem problem) {
    return finding(signature, Optional.of(problem), 0, 0);
  }

  private static DkimFinding finding(
      DkimSignature signature, Optional<Problem> problem, int keyBits, long unsigned) {
    return new DkimFinding(
        problem.map(Problem::result).orElse(DkimResult.PASS),
        signature.domain().map(DomainName::ascii).orElse(""),
        signature.selector().map(DomainName::ascii).orElse(""),
        signature.algorithmName(),
        keyBits,
        problem.map(Problem::reason).orElse(""),
        unsigned,
        false);
  }

  private static Problem noAnswer(DnsName name) {
    return new Problem(DkimResult.TEMPERROR, "DNS gave no answer for the key at " + name);
  }

  private Verdict underKeys(List<String> records) {
    List<KeyRecord> all = records.stream().map(KeyRecord::read).toList();
    List<KeyRecord> keys = all.stream().filter(KeyRecord::isKey).toList();
    Verdict first = null;
    for (KeyRecord record : (keys.isEmpty() ? all : keys).stream().limit(MOST_KEYS).toList()) {
      Verdict verdict = under(record);
      if (verdict.problem.isEmpty()) {
        return verdict;
      }
      first = first == null ? verdict : first;
    }
    return first == null
        ? Verdict.without(Problem.permanent("no key at " + signature.keyName()))
        : first;
  }

  private Verdict under(KeyRecord record) {
    Algorithm algorithm = signature.algorithm().orElseThrow();
    Optional<Problem> unfit = record.problem(signature);
    if (unfit.isPresent()) {
      return new Verdict(unfit, 0);
    }
    return record
        .key(algorithm)
        .map(
            key ->
                new Verdict(
                    KeyRecord.weakness(algorithm, key.bits()).or(() -> mismatch(key)), key.bits()))
        .orElseGet(() -> Verdict.without(Problem.permanent("key cannot be read")));
  }

  private Optional<Problem> mismatch(PublicKeys.Sized key) {
    Optional<byte[]> hash = bodies.of(signature.body().orElseThrow());
    if (hash.isEmpty()) {
      return Optional.of(Problem.neutral("malformed signature: l= is larger than the body"));
    }
    boolean body = MessageDigest.isEqual(hash.get(), signature.bodyHash().orElseThrow());
    boolean fields = header.isSignedBy(key.key());
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
