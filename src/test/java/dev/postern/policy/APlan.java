package dev.postern.policy;

import dev.postern.policy.StagePlan.Asked;
import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.OnTimeout;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.policy.StagePlan.Sequel;
import dev.postern.policy.StagePlan.Timing;
import dev.postern.policy.StagePlan.Voting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A stage of a chain, as the policy file gives it where it says no more than it must. */
public final class APlan {
  private final String name;
  private final List<String> approvers;
  private Quorum quorum = new Quorum.People(1);
  private Duration window = Duration.ofHours(4);
  private List<Duration> reminders = List.of();
  private Optional<WorkingHours> hours = Optional.empty();
  private OnDiscard onDiscard = OnDiscard.STOP;
  private ReasonRule reason = ReasonRule.DISCARD;
  private List<String> distinctFrom = List.of();
  private List<String> told = List.of();
  private List<String> channels = List.of();
  private OnTimeout onTimeout = OnTimeout.ESCALATE;
  private OnRelease onRelease = OnRelease.DECIDE;

  private APlan(String name, String... approvers) {
    this.name = name;
    this.approvers = List.of(approvers);
  }

  /** A stage of that name. */
  public static APlan of(String name, String... approvers) {
    return new APlan(name, approvers);
  }

  public APlan quorum(int people) {
    quorum = new Quorum.People(people);
    return this;
  }

  public APlan everybody() {
    quorum = new Quorum.All();
    return this;
  }

  public APlan window(Duration is) {
    window = is;
    return this;
  }

  public APlan remind(Duration... after) {
    reminders = List.of(after);
    return this;
  }

  public APlan hours(WorkingHours are) {
    hours = Optional.of(are);
    return this;
  }

  public APlan on(OnDiscard is) {
    onDiscard = is;
    return this;
  }

  public APlan on(OnTimeout is) {
    onTimeout = is;
    return this;
  }

  public APlan on(OnRelease is) {
    onRelease = is;
    return this;
  }

  public APlan reason(ReasonRule is) {
    reason = is;
    return this;
  }

  public APlan distinctFrom(String... stages) {
    distinctFrom = List.of(stages);
    return this;
  }

  public APlan told(String... channels) {
    told = List.of(channels);
    return this;
  }

  public APlan channels(String... are) {
    channels = List.of(are);
    return this;
  }

  public StagePlan build() {
    return new StagePlan(
        name,
        new Asked(approvers, told, channels),
        new Voting(quorum, onDiscard, reason, distinctFrom),
        new Timing(window, hours, reminders),
        new Sequel(onTimeout, onRelease));
  }

  /** The only stage of a chain of that name. */
  public Chain chain(String chain) {
    return new Chain(chain, List.of(build()), Optional.empty());
  }

  /** A chain of these stages. */
  public static Chain chain(String name, APlan... stages) {
    return new Chain(name, List.of(stages).stream().map(APlan::build).toList(), Optional.empty());
  }

  /** The same chain, where this stage may break the glass. */
  public Chain besides(Chain chain) {
    return new Chain(chain.name(), chain.stages(), Optional.of(build()));
  }
}
