package dev.postern.policy;

import dev.postern.policy.Precedent.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rule that could decide what people always decide in the same way. Nobody has adopted it.
 *
 * @param name what it would be called
 * @param says the word of what it would do
 * @param above the rule in front of which it would stand, which asks about such mail now
 * @param lines the rule as it stands in a policy, in shadow
 * @param past what it would have done
 */
public record Suggestion(String name, String says, String above, List<String> lines, Merits past) {
  /** Copies the list. */
  public Suggestion {
    lines = List.copyOf(lines);
  }

  /**
   * What it would have done with the cases of the past.
   *
   * @param agreement how often people decided as it would have
   * @param undecided cases on which people decided nothing
   * @param exceptions the oldest cases on which they decided the other way
   * @param saved what nobody would have been asked for: votes, and time until they were cast
   * @param spread over how many it is spread
   */
  public record Merits(
      Agreement agreement, long undecided, List<String> exceptions, Saved saved, Spread spread) {
    /** Copies the list. */
    public Merits {
      exceptions = List.copyOf(exceptions);
    }
  }

  /** Votes that were cast, and how long mail waited for them. */
  public record Saved(long votes, Duration waited) {
    Saved plus(Work work) {
      return new Saved(votes + work.votes(), waited.plus(work.waited()));
    }
  }

  /**
   * How widely people agreed.
   *
   * @param days on which such mail came
   * @param people who decided, as far as that can be told; never more than there were
   * @param busiest most messages in one hour
   */
  public record Spread(int days, long people, long busiest) {}

  /** What is still missing for it; empty where it may be adopted. */
  public Optional<String> missing(Terms terms) {
    List<String> missing = new ArrayList<>();
    if (past.agreement().decided() < terms.least()) {
      missing.add(past.agreement().decided() + " of " + terms.least() + " cases");
    }
    if (past.agreement().percent() < terms.percent()) {
      missing.add("agreement of " + terms.percent() + " % is not sure yet");
    }
    if (past.spread().people() < terms.people()) {
      missing.add("only one person decided");
    }
    if (past.spread().days() < terms.days()) {
      missing.add("all on one day");
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
  }

  /**
   * When a rule is proposed.
   *
   * @param least decided cases
   * @param percent lower bound of the agreement (Wilson, 95 %)
   * @param people different ones who decided
   * @param days on which such mail came
   */
  public record Terms(int least, int percent, int people, int days) {
    /** Ten cases, of two people, on two days; ten of ten are 72 %. */
    public static final Terms USUAL = new Terms(10, 70, 2, 2);

    /** The same for another number of cases; fewer than ten are never sure of 70 %. */
    public Terms least(int cases) {
      return new Terms(cases, percent, people, days);
    }
  }
}
