package dev.postern.policy;

import dev.postern.policy.Reason.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of a rule with the places where values of the message go.
 *
 * @param parts in order
 */
record ReasonPlan(List<Part> parts) {

  /**
   * A part.
   *
   * @param words what is said; of a value, how the file writes it
   * @param value what is put in their place; empty for words of the policy
   */
  record Part(String words, Optional<Planner.Planned> value) {}

  ReasonPlan {
    parts = List.copyOf(parts);
  }

  /** The words for one message; a value that cannot be had stays as it is written. */
  Reason on(Situation situation, Effort effort) {
    List<Piece> pieces = new ArrayList<>();
    for (Part part : parts) {
      pieces.add(part.value().map(it -> value(it, situation, effort)).orElseGet(() -> own(part)));
    }
    return new Reason(pieces);
  }

  private static Piece value(Planner.Planned plan, Situation situation, Effort effort) {
    try {
      return new Piece(String.valueOf(plan.in(situation, effort)), true);
    } catch (Expression.Broken | Effort.Exhausted broken) {
      return new Piece("?", false);
    }
  }

  private static Piece own(Part part) {
    return new Piece(part.words(), false);
  }
}
