package dev.postern.approval;

import dev.postern.policy.StagePlan.OnDiscard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the votes of a stage add up to. */
sealed interface Tally {

  /**
   * Not decided.
   *
   * @param missing how many more people must agree with the choice that is ahead
   */
  record Open(int missing) implements Tally {}

  /**
   * Decided.
   *
   * @param choice what for; nothing of later messages
   */
  record Carried(Choice choice) implements Tally {}

  /** Adds up: votes count together only for the same choice. */
  static Tally of(List<Vote> votes, Stage stage) {
    Map<Choice, Integer> counts = new HashMap<>();
    int missing = stage.quorum();
    for (Vote vote : votes) {
      Choice choice = vote.choice().alone();
      int left = needed(choice, stage) - counts.merge(choice, 1, Integer::sum);
      if (left <= 0) {
        return new Carried(choice);
      }
      missing = Math.min(missing, left);
    }
    return new Open(missing);
  }

  /** The votes that carried a stage; empty while it is not decided. */
  static List<Vote> agreed(List<Vote> votes, Stage stage) {
    return of(votes, stage) instanceof Carried(Choice choice)
        ? votes.stream().filter(vote -> vote.choice().alone().equals(choice)).toList()
        : List.of();
  }

  /** How many votes that choice needs. */
  private static int needed(Choice choice, Stage stage) {
    if (!(choice instanceof Choice.Discard)) {
      return stage.quorum();
    }
    return stage.terms().onDiscard() == OnDiscard.STOP ? 1 : stage.approvers().size() / 2 + 1;
  }
}
