package dev.postern.approval;

import java.util.List;
import java.util.Objects;

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
   * @param choice what for
   */
  record Carried(Choice choice) implements Tally {}

  /**
   * Adds up: votes count together only for the same choice, and one vote to discard ends the stage.
   */
  static Tally of(List<Vote> votes, int quorum) {
    int ahead = 0;
    for (Vote vote : votes) {
      if (vote.choice() instanceof Choice.Discard) {
        return new Carried(vote.choice());
      }
      long same = votes.stream().filter(v -> Objects.equals(v.choice(), vote.choice())).count();
      if (same >= quorum) {
        return new Carried(vote.choice());
      }
      ahead = Math.max(ahead, (int) same);
    }
    return new Open(quorum - ahead);
  }
}
