package dev.postern.evidence.dkim;

import dev.postern.evidence.Answer;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DnsName;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A signature under the keys that DNS holds for it (RFC 6376 §6.1.2). */
final class KeyTrial {

  private final DkimSignature signature;
  private final Function<PublicKey, Optional<Problem>> mismatch;

  /**
   * A trial of {@code signature}.
   *
   * @param mismatch what does not fit under a key; empty if all does
   */
  KeyTrial(DkimSignature signature, Function<PublicKey, Optional<Problem>> mismatch) {
    this.signature = signature;
    this.mismatch = mismatch;
  }

  /** The verdict, once DNS has answered for {@link DkimSignature#keyName()}. */
  Verdict under(Answer answer) {
    return switch (answer.status()) {
      case NOERROR -> underKeys(KeyRecord.PUBLISHED.of(answer));
      case NODATA, NXDOMAIN -> Verdict.without(noKey(signature.keyName()));
      case TEMPFAIL -> Verdict.without(noAnswer(signature.keyName()));
    };
  }

  /** The first key that fits; otherwise what the first one lacks. */
  private Verdict underKeys(List<KeyRecord> records) {
    Optional<Verdict> first = Optional.empty();
    for (KeyRecord record : records) {
      Verdict verdict = under(record);
      if (verdict.problem().isEmpty()) {
        return verdict;
      }
      first = first.isEmpty() ? Optional.of(verdict) : first;
    }
    return first.orElseGet(() -> Verdict.without(noKey(signature.keyName())));
  }

  private Verdict under(KeyRecord record) {
    Algorithm algorithm = signature.algorithm().orElseThrow();
    Optional<Problem> unfit = record.problem(algorithm, signature.identityInSubdomain());
    if (unfit.isPresent()) {
      return new Verdict(unfit, 0, record.testing());
    }
    return record
        .key(algorithm)
        .map(key -> new Verdict(problem(algorithm, key), key.bits(), record.testing()))
        .orElseGet(() -> Verdict.without(Problem.permanent("key cannot be read")));
  }

  private Optional<Problem> problem(Algorithm algorithm, PublicKeys.Sized key) {
    return KeyRecord.weakness(algorithm, key.bits()).or(() -> mismatch.apply(key.key()));
  }

  private static Problem noKey(DnsName name) {
    return Problem.permanent("no key at " + name);
  }

  private static Problem noAnswer(DnsName name) {
    return new Problem(DkimResult.TEMPERROR, "DNS gave no answer for the key at " + name);
  }
}
