package dev.postern.approval;

/** What somebody does to an open stage by a click. */
public sealed interface Act permits Choice, Act.Withdraw, Act.StepAside {

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

  /** {@code release}, {@code discard}, {@code withdraw} or {@code step-aside}. */
  String word();
}
