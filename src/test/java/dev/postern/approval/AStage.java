package dev.postern.approval;

import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.OnTimeout;
import dev.postern.policy.StagePlan.ReasonRule;
import java.time.Instant;
import java.util.List;

/** An only stage of a chain, as a store gives it back. */
public record AStage(
    long id,
    String name,
    List<String> approvers,
    int quorum,
    ReasonRule reason,
    Instant opens,
    Instant closes) {

  /** The stage in that state. */
  public Stage in(Stage.State state) {
    return new Stage(
        id,
        new Stage.Place("on-call", 1, 1, 1),
        name,
        approvers,
        new Stage.Terms(
            approvers, quorum, reason, OnDiscard.STOP, OnTimeout.ESCALATE, OnRelease.DECIDE),
        opens,
        closes,
        state);
  }

  /** Another state of the same stage. */
  public static Stage of(Stage stage, Stage.State state) {
    return new Stage(
        stage.id(),
        stage.place(),
        stage.name(),
        stage.approvers(),
        stage.terms(),
        stage.opens(),
        stage.closes(),
        state);
  }
}
