package dev.postern.policy;

/** How many different people must agree. */
public sealed interface Quorum {

  /**
   * A number.
   *
   * @param number at least 1
   */
  record People(int number) implements Quorum {}

  /** Each approver that there is when the stage opens. */
  record All() implements Quorum {}

  /** The number where so many people may vote; at least 1. */
  default int among(int approvers) {
    return switch (this) {
      case People(int number) -> number;
      case All _ -> Math.max(1, approvers);
    };
  }
}
