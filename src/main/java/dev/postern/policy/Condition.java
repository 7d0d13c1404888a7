package dev.postern.policy;

import java.util.List;
import java.util.Optional;

/**
 * What stands behind {@code when}: parts that must all hold. It was checked and compiled when the
 * policy was loaded; judging is total and bounded. Safe for many threads.
 *
 * @param text the whole expression, normalised
 * @param parts what stood between the outermost {@code &&}
 */
record Condition(String text, List<Part> parts) {

  /**
   * One part.
   *
   * @param text as the trace shows it
   * @param equality the comparison that it is, if it is one
   * @param plan what is evaluated
   */
  record Part(String text, Optional<Equality> equality, Planner.Planned plan) {
    /** Whether it holds of every message. */
    boolean always() {
      return plan.constant().filter(Boolean.TRUE::equals).isPresent();
    }

    /** Whether it holds of none. */
    boolean never() {
      return plan.constant().filter(Boolean.FALSE::equals).isPresent();
    }
  }

  /** What became of a condition. */
  sealed interface Verdict {
    /** All parts hold. */
    record Holds() implements Verdict {}

    /**
     * It does not hold.
     *
     * @param part the first part that is false
     */
    record Fails(String part) implements Verdict {}

    /**
     * It could not be evaluated.
     *
     * @param error why, in words that contain nothing of the message
     */
    record Broken(String error) implements Verdict {}
  }

  Condition {
    parts = List.copyOf(parts);
  }

  /**
   * Judges one message. As in CEL, a false part decides even where another part is in error: {@code
   * false && error} is false.
   */
  Verdict judge(Situation situation, Effort effort) {
    Optional<String> error = Optional.empty();
    for (Part part : parts) {
      try {
        if (Boolean.FALSE.equals(part.plan().in(situation, effort))) {
          return new Verdict.Fails(part.text());
        }
      } catch (Expression.Broken broken) {
        error = error.or(() -> Optional.of(part.text() + ": " + broken.getMessage()));
      } catch (Effort.Exhausted exhausted) {
        return new Verdict.Broken(part.text() + ": " + exhausted.getMessage());
      }
    }
    return error.<Verdict>map(Verdict.Broken::new).orElseGet(Verdict.Holds::new);
  }
}
