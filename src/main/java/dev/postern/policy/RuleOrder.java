package dev.postern.policy;

import dev.postern.policy.Condition.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Finds rules that can never match and rules that are never reached. It finds what can be seen
 * without trying messages: parts that are the same, constant, or compare one fact with two words.
 */
final class RuleOrder {
  private final List<Deciding> earlier = new ArrayList<>();

  /** A rule that decides whatever meets all of its parts. */
  private record Deciding(Placed rule, Set<String> parts) {}

  /**
   * A rule and where it stands.
   *
   * @param rule what it says
   * @param at its node
   * @param faults of its file
   */
  record Placed(Rule rule, Node at, Faults faults) {
    private void fault(String what) {
      faults.add(at.getStartMark(), what, Optional.empty());
    }
  }

  private RuleOrder() {}

  /** Complains about each such rule. */
  static void check(List<Placed> rules) {
    RuleOrder order = new RuleOrder();
    rules.forEach(order::check);
  }

  private void check(Placed placed) {
    Rule rule = placed.rule();
    List<Part> parts = rule.when().parts();
    Set<String> texts =
        parts.stream()
            .filter(part -> !part.always())
            .map(Part::text)
            .collect(Collectors.toCollection(HashSet::new));
    Optional<String> never = never(parts, texts);
    if (never.isPresent()) {
      placed.fault("rule " + rule.name() + " can never match: " + never.get());
      return;
    }
    for (Deciding before : earlier) {
      if (texts.containsAll(before.parts())) {
        placed.fault(
            "rule %s is never reached: %s, line %d, decides all that it matches; move it up or delete it"
                .formatted(
                    rule.name(),
                    before.rule().rule().name(),
                    before.rule().at().getStartMark().getLine() + 1));
        return;
      }
    }
    if (!rule.terms().shadow() && rule.terms().until().isEmpty()) {
      earlier.add(new Deciding(placed, texts));
    }
  }

  private static Optional<String> never(List<Part> parts, Set<String> texts) {
    for (Part part : parts) {
      if (part.never()) {
        return Optional.of(part.text() + " is always false");
      }
      for (Part other : parts) {
        if (contradict(part, other)) {
          return Optional.of(part.text() + " and " + other.text() + " exclude each other");
        }
      }
      if (texts.contains("!" + part.text()) || texts.contains("!(" + part.text() + ")")) {
        return Optional.of(part.text() + " must both hold and not hold");
      }
    }
    return Optional.empty();
  }

  private static boolean contradict(Part one, Part other) {
    return one.equality().isPresent()
        && other.equality().isPresent()
        && one.equality().get().contradicts(other.equality().get());
  }
}
