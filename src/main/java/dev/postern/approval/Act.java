package dev.postern.approval;

/** What somebody does to an open stage by a click. */
public sealed interface Act permits Choice, Act.Withdraw, Act.StepAside, Act.HandOver {

  /** Takes the own vote back. */
  record Withdraw() implements Act {
    @Override
    public String word() {
      return "withdraw";
    }
  }

  /** Leaves the decision to the others, for good. */
  record StepAside() implements Act {
    @Override
    public String word() {
      return "step-aside";
    }
  }

  /**
   * Gives the own place in a stage to somebody else whom its chain names.
   *
   * @param to the id of that person
   */
  record HandOver(String to) implements Act {
    @Override
    public String word() {
      return "hand-over";
    }
  }

  /**
   * {@code release}, {@code discard}, {@code withdraw}, {@code step-aside} or {@code hand-over}.
   */
  String word();
}
