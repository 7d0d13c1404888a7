package dev.postern.policy;

import java.util.List;

/**
 * What the policy says of one message, and why.
 *
 * @param action what to do
 * @param rule the name of the rule that matched
 * @param reason the rule's words for the card; from configuration, safe to show
 * @param policyVersion first 12 hexadecimal digits of the SHA-256 of the policy file
 * @param trace each rule up to the one that matched, in order
 */
public record Ruling(
    Action action, String rule, String reason, String policyVersion, List<Step> trace) {

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
}
