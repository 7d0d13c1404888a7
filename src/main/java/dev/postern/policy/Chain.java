package dev.postern.policy;

import java.time.Duration;
import java.util.List;

/**
 * Ordered stages of people who are asked.
 *
 * @param name as rules call it
 * @param stages at least one
 */
public record Chain(String name, List<StagePlan> stages) {

  /**
   * One stage as the policy file plans it.
   *
   * @param name shown as "Who decides", for example {@code Mail on-call}
   * @param approvers names of people, or {@code group:NAME}
   * @param quorum how many different people must agree, at least 1
   * @param window how long the stage stays open
   * @param reason when a vote needs words
   */
  public record StagePlan(
      String name, List<String> approvers, int quorum, Duration window, ReasonRule reason) {
    /** Copies the list, so that a plan never changes. */
    public StagePlan {
      approvers = List.copyOf(approvers);
    }
  }

  /** When a vote must carry a reason. */
  public enum ReasonRule {
    NEVER,
    DISCARD,
    RELEASE,
    ALWAYS
  }

  /** Copies the list, so that a chain never changes. */
  public Chain {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("chain " + name + " has no stage");
    }
  }
}
