package dev.postern.policy;

import java.util.List;
import java.util.Optional;

/**
 * What a ruling is expected to be; what is empty may be anything.
 *
 * @param action the word of what is done: release, discard or ask
 * @param rule the rule that decides
 * @param chain who is asked
 * @param shadows the rules in shadow that match, in their order
 */
public record Expectation(
    String action, Optional<String> rule, Optional<String> chain, Optional<List<String>> shadows) {
  /** Copies the list, so that it never changes. */
  public Expectation {
    shadows = shadows.map(List::copyOf);
  }

  /** Whether the ruling is as expected. */
  public boolean metBy(Ruling ruling) {
    return action.equals(ruling.action().word())
        && rule.filter(it -> !it.equals(ruling.rule())).isEmpty()
        && chain.filter(it -> !it.equals(chainOf(ruling))).isEmpty()
        && shadows.filter(it -> !it.equals(shadowsOf(ruling))).isEmpty();
  }

  /** Who is asked; empty where nobody is. */
  public static String chainOf(Ruling ruling) {
    return ruling.action() instanceof Action.Ask ask ? ask.chain() : "";
  }

  /** The rules in shadow that matched. */
  public static List<String> shadowsOf(Ruling ruling) {
    return ruling.notes().shadows().stream().map(Ruling.Shadow::rule).toList();
  }
}
