package dev.postern.approval;

import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.OnTimeout;
import dev.postern.policy.StagePlan.ReasonRule;
import java.time.Instant;
import java.util.List;

/**
 * One stage of a case: who is asked, how many must agree, until when.
 *
 * @param id key of the row
 * @param place where it stands in its chain
 * @param name shown as "Who decides"
 * @param approvers ids of the people who may vote, as they were when the stage opened, without
 *     those who left it to the others since; nobody while it waits
 * @param terms how votes add up, and what follows
 * @param opens when it opened; when it began to wait
 * @param closes when its window ends; until when it waits
 * @param state where it stands
 */
public record Stage(
    long id,
    Place place,
    String name,
    List<String> approvers,
    Terms terms,
    Instant opens,
    Instant closes,
    State state) {

  /**
   * Where a stage stands in its chain.
   *
   * @param chain the chain, as the policy calls it
   * @param round 1 when people are first asked, one more each time that they are asked anew
   * @param ordinal 1 for the first; 0 for breaking the glass, which stands beside the others
   * @param of how many stages the chain has
   */
  public record Place(String chain, int round, int ordinal, int of) {}

  /**
   * What the policy laid down for a stage when it opened.
   *
   * @param asked who may vote, as the policy says it: ids of people, {@code group:NAME}, {@code
   *     oncall:NAME}, {@code slack-group:ID}
   * @param quorum how many must agree
   * @param reason when a vote needs words
   * @param onDiscard what a vote to discard does
   * @param onTimeout what happens when the window closes
   * @param onRelease what a vote to release does
   */
  public record Terms(
      List<String> asked,
      int quorum,
      ReasonRule reason,
      OnDiscard onDiscard,
      OnTimeout onTimeout,
      OnRelease onRelease) {
    /** Copies the list, so that terms never change. */
    public Terms {
      asked = List.copyOf(asked);
    }
  }

  /** Where a stage stands. */
  public enum State {
    /** It asks nobody yet: a platform has not said who is in its groups. */
    WAITING,
    OPEN,
    /** Enough people agreed. */
    CARRIED,
    /** Its window closed, and nobody else is asked. */
    EXPIRED,
    /** It came to nothing, and the next stage was opened. */
    ESCALATED,
    /** The case went another way: decided elsewhere, withdrawn, or its evidence changed. */
    SUPERSEDED
  }

  /** Copies the list, so that a stage never changes. */
  public Stage {
    approvers = List.copyOf(approvers);
  }

  /** 1 for the first. */
  public int ordinal() {
    return place.ordinal();
  }

  /** How many stages the chain has. */
  public int of() {
    return place.of();
  }

  /** How many must agree. */
  public int quorum() {
    return terms.quorum();
  }

  /** When a vote needs words. */
  public ReasonRule reason() {
    return terms.reason();
  }

  /** Whether a vote for this needs words. */
  public boolean needsReason(Choice choice) {
    return switch (terms.reason()) {
      case NEVER -> false;
      case ALWAYS -> true;
      case DISCARD -> choice instanceof Choice.Discard;
      case RELEASE -> !(choice instanceof Choice.Discard);
    };
  }

  /** Whether this is the stage of those who may decide at once, beside the others. */
  public boolean breakGlass() {
    return place.ordinal() == 0;
  }

  boolean open() {
    return state == State.OPEN;
  }

  /** Whether it is to ask people as soon as it is known who they are. */
  boolean waits() {
    return state == State.WAITING;
  }
}
