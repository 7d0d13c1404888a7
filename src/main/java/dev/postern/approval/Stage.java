package dev.postern.approval;

import dev.postern.policy.Chain.ReasonRule;
import java.time.Instant;
import java.util.List;

/**
 * One stage of a case: who is asked, how many must agree, until when.
 *
 * @param id key of the row
 * @param ordinal 1 for the first
 * @param of how many stages the chain has
 * @param name shown as "Who decides"
 * @param approvers ids of the people who may vote, as they were when the stage opened
 * @param quorum how many of them must agree
 * @param reason when a vote needs words
 * @param opens when it opened
 * @param closes when its window ends
 * @param state where it stands
 */
public record Stage(
    long id,
    int ordinal,
    int of,
    String name,
    List<String> approvers,
    int quorum,
    ReasonRule reason,
    Instant opens,
    Instant closes,
    State state) {

  /** Where a stage stands. */
  public enum State {
    OPEN,
    CARRIED,
    EXPIRED,
    SUPERSEDED
  }

  /** Copies the list, so that a stage never changes. */
  public Stage {
    approvers = List.copyOf(approvers);
  }
}
