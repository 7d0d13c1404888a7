package dev.postern.policy;

/**
 * What ruling on one message may still cost: a step for each turn of a macro, and more for work on
 * long texts. Not safe for many threads.
 */
final class Effort {
  /** Some tens of milliseconds; the built-in policy needs less than a hundred steps. */
  static final int OF_ONE_MESSAGE = 400_000;

  /** Characters that are gone through in about the time of a step. */
  private static final int CHARACTERS_OF_A_STEP = 64;

  private long left;

  Effort(long steps) {
    this.left = steps;
  }

  /** All is spent; nothing absorbs this, so that no later rule decides. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exhausted() {
      super("needs more than " + OF_ONE_MESSAGE + " steps on this message", null, false, false);
    }
  }

  void step() {
    spend(1);
  }

  /** Goes through a text or list once for each unit of work. */
  void through(int length, int times) {
    spend(1 + (long) length * times / CHARACTERS_OF_A_STEP);
  }

  private void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new Exhausted();
    }
  }
}
