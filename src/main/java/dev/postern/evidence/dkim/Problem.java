package dev.postern.evidence.dkim;

import dev.postern.evidence.DkimResult;

/**
 * Why a signature does not pass.
 *
 * @param result any result but PASS
 * @param reason in our words, without text from outside other than checked domain names
 */
record Problem(DkimResult result, String reason) {

  /** The field does not follow the syntax (RFC 8601 §2.7.1: "could not be processed"). */
  static Problem neutral(String reason) {
    return new Problem(DkimResult.NEUTRAL, reason);
  }

  /** It can never be verified as it stands (RFC 6376 §6.1: PERMFAIL). */
  static Problem permanent(String reason) {
    return new Problem(DkimResult.PERMERROR, reason);
  }

  /** It may verify, but in a way that nobody should rely on (RFC 8601 §2.7.1). */
  static Problem policy(String reason) {
    return new Problem(DkimResult.POLICY, reason);
  }

  /** It was verified and does not fit the message. */
  static Problem fail(String reason) {
    return new Problem(DkimResult.FAIL, reason);
  }
}
