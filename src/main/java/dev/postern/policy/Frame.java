package dev.postern.policy;

import org.jspecify.annotations.Nullable;

/** One message under one expression. Not safe for many threads. */
final class Frame {
  private final @Nullable Situation situation;
  private final Object[] bound;
  private final Effort effort;

  /**
   * Begins.
   *
   * @param situation what facts are read from; null for an expression that reads none
   * @param variables how many variables the macros of the expression bind
   * @param effort what may still be done
   */
  Frame(@Nullable Situation situation, int variables, Effort effort) {
    this.situation = situation;
    this.bound = new Object[variables];
    this.effort = effort;
  }

  Situation situation() {
    if (situation == null) {
      throw new IllegalStateException("an expression reads facts that was said to read none");
    }
    return situation;
  }

  /** What a variable stands for just now. */
  Object bound(int variable) {
    return bound[variable];
  }

  void bind(int variable, Object value) {
    bound[variable] = value;
  }

  Effort effort() {
    return effort;
  }
}
