package dev.postern.evidence.dkim;

import dev.postern.evidence.DkimResult;
import java.util.Optional;

/**
 * What became of a signature under a key.
 *
 * @param problem why it does not pass; empty on a pass
 * @param keyBits size of the key, 0 without one
 * @param testing whether the key is published for tests only
 */
record Verdict(Optional<Problem> problem, int keyBits, boolean testing) {

  /** No key was had, or none that may serve. */
  static Verdict without(Problem problem) {
    return new Verdict(Optional.of(problem), 0, false);
  }

  /** Whether a signature was verified and does not fit. */
  boolean failed() {
    return problem.filter(it -> it.result() == DkimResult.FAIL).isPresent();
  }

  /** The same failure with its reason. */
  Verdict because(String reason) {
    return new Verdict(Optional.of(Problem.fail(reason)), keyBits, testing);
  }
}
