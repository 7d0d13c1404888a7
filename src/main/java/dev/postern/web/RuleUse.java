package dev.postern.web;

import dev.postern.policy.Precedent;
import dev.postern.policy.Precedents;
import dev.postern.web.PolicyScreen.Used;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each rule settled a case, by what was ruled then. For one thread. */
final class RuleUse implements Precedents.Taker {
  private final Instant lately;
  private final Map<String, Used> lines = new HashMap<>();

  RuleUse(Instant lately) {
    this.lately = lately;
  }

  @Override
  public void take(Precedent it) {
    String rule = it.then().ruled().rule();
    boolean late = !it.situation().context().at().toInstant().isBefore(lately);
    lines.merge(rule, new Used(rule, late ? 1 : 0, 1), Used::plus);
  }

  @Override
  public void unreadable(String id, String why) {}

  /** One for each of these rules, in this order. */
  List<Used> of(List<String> rules) {
    return rules.stream().map(it -> lines.getOrDefault(it, new Used(it, 0, 0))).toList();
  }
}
