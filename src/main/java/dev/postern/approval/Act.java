package dev.postern.approval;

import dev.postern.mail.EmailAddress;

/** What somebody wants by a click. */
public sealed interface Act
    permits Choice, Act.Withdraw, Act.StepAside, Act.HandOver, Act.Recheck, Act.Ask, Act.Testify {

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

  /** Wants the evidence to be looked for again. */
  record Recheck() implements Act {
    @Override
    public String word() {
      return "recheck";
    }
  }

  /**
   * Wants a recipient to be asked whether the message is expected.
   *
   * @param recipient one of the envelope
   */
  record Ask(EmailAddress recipient) implements Act {
    @Override
    public String word() {
      return "ask";
    }
  }

  /**
   * Answers as a witness; no vote, and of no stage.
   *
   * @param is whether the message is expected
   * @param message the platform's id of the message that has the button, as {@link
   *     CardRow#externalId} has it; empty where it is not told
   */
  record Testify(Testimony.Word is, String message) implements Act {
    /** An answer of which it is not told where it was given. */
    public Testify(Testimony.Word is) {
      this(is, "");
    }

    @Override
    public String word() {
      return "testify";
    }
  }

  /**
   * {@code release}, {@code discard}, {@code withdraw}, {@code step-aside}, {@code hand-over},
   * {@code recheck}, {@code ask} or {@code testify}.
   */
  String word();
}
