package dev.postern.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the policy says of one message, and why.
 *
 * @param action what to do
 * @param rule the name of the rule that matched
 * @param reason the rule's words for the card; from configuration, safe to show
 * @param policyVersion first 12 hexadecimal digits of the SHA-256 of the policy file
 * @param trace each rule up to the one that matched, in order
 * @param frozen that releasing by rule is frozen, where a rule would have released
 */
public record Ruling(
    Action action,
    String rule,
    String reason,
    String policyVersion,
    List<Step> trace,
    Optional<Freeze> frozen) {

  /**
   * One rule that was tried.
   *
   * @param rule its name
   * @param matched whether it matched
   * @param why the expression, or the error it met
   */
  public record Step(String rule, boolean matched, String why) {}

  /** Copies the list, so that a ruling never changes. */
  public Ruling {
    trace = List.copyOf(trace);
  }

  /** What the policy says while nothing is frozen. */
  public Ruling(Action action, String rule, String reason, String policyVersion, List<Step> trace) {
    this(action, rule, reason, policyVersion, trace, Optional.empty());
  }

  /**
   * What becomes of a release while releasing by rule is frozen.
   *
   * @param asked who is asked instead
   */
  public Ruling heeding(Freeze freeze, Chain asked) {
    List<Step> steps = new ArrayList<>(trace);
    steps.add(new Step("frozen", true, freeze.sentence()));
    return new Ruling(
        new Action.Ask(asked.name()), rule, reason, policyVersion, steps, Optional.of(freeze));
  }

  /**
   * What becomes of a release of a message that may have been delivered before.
   *
   * @param caution why
   * @param asked who is asked instead
   */
  public Ruling heeding(String caution, Chain asked) {
    List<Step> steps = new ArrayList<>(trace);
    steps.add(new Step("caution", true, caution));
    return new Ruling(new Action.Ask(asked.name()), rule, reason, policyVersion, steps, frozen);
  }
}
