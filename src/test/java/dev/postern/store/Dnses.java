package dev.postern.store;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Dns;

/** DNS for tests that are not about DNS. */
final class Dnses {
  /** Where no name exists. */
  static final Dns NOTHING = (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60);

  private Dnses() {}
}
