package dev.postern.policy;

/**
 * A planned expression of CEL: what the checker has accepted, ready to run. Safe for many threads.
 */
@FunctionalInterface
interface Expression {

  /**
   * What it comes to: {@link Boolean}, {@link Long}, {@link Double}, {@link String}, a {@link
   * java.util.List} of these, or one of the things that {@link View} reads facts from.
   *
   * @throws Broken where CEL says that an evaluation is in error
   * @throws Effort.Exhausted when the message has cost all that one may cost
   */
  Object in(Frame frame);

  /** The same where the checker has promised a truth value. */
  default boolean holds(Frame frame) {
    return (Boolean) in(frame);
  }

  /** An error of evaluation, which a decided {@code &&} or {@code ||} absorbs. */
  final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** In words that contain nothing of the message. */
    Broken(String why) {
      super(why, null, false, false);
    }
  }
}
