package dev.postern.approval.history;

import dev.postern.approval.Choice;
import dev.postern.policy.StagePlan;
import dev.postern.policy.StagePlan.OnDiscard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The model of one stage that people are asked in. */
final class Asked {
  final StagePlan plan;

  /** 1 for the first of the chain, 0 for breaking the glass. */
  final int ordinal;

  final int round;

  /** Who was asked when it opened. */
  final List<String> atFirst;

  /** Who is still asked: nobody who left it to the others. */
  final List<String> approvers;

  /** Whom somebody handed the own place to. */
  final Set<String> substitutes = new HashSet<>();

  /** Who ever voted here, also where the vote was taken back. */
  final Set<String> everVoted = new HashSet<>();

  final int quorum;
  final Instant closes;
  final Map<String, Choice> votes = new LinkedHashMap<>();
  End end = End.OPEN;

  /** What was agreed, once it was. */
  Optional<Choice> carriedFor = Optional.empty();

  enum End {
    OPEN,
    CARRIED,
    IN_VAIN,
    OVERTAKEN
  }

  Asked(StagePlan plan, int ordinal, int round, List<String> eligible, Instant now) {
    this.plan = plan;
    this.ordinal = ordinal;
    this.round = round;
    this.atFirst = List.copyOf(eligible);
    this.approvers = new ArrayList<>(eligible);
    this.quorum = plan.voting().quorum().among(eligible.size());
    this.closes = plan.timing().closes(now);
  }

  boolean open() {
    return end == End.OPEN;
  }

  boolean glass() {
    return ordinal == 0;
  }

  /** How many must agree to it. */
  int needed(Choice choice) {
    if (choice instanceof Choice.Discard) {
      return plan.voting().onDiscard() == OnDiscard.STOP ? 1 : approvers.size() / 2 + 1;
    }
    return quorum;
  }

  /** Whether that person helped to carry it. */
  boolean filledBy(String who) {
    return carriedFor.filter(choice -> choice.equals(votes.get(who))).isPresent();
  }

  private int agreed(Choice choice) {
    return (int) votes.values().stream().filter(choice::equals).count();
  }

  boolean carries(Choice choice) {
    return agreed(choice) >= needed(choice);
  }

  /** How many more are needed for what is ahead; nobody has to vote for a release to be ahead. */
  int missing() {
    return votes.values().stream()
        .mapToInt(choice -> needed(choice) - agreed(choice))
        .reduce(quorum, Math::min);
  }
}
