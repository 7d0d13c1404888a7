package dev.postern.store;

import dev.postern.policy.Ruling;
import dev.postern.policy.ShadowBook;
import dev.postern.policy.ShadowRule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes down which rules in shadow mail met of which no row is left. */
record NotedShadows(List<String> noted) implements ShadowBook {
  @Override
  public void note(List<Ruling.Shadow> matched, Instant at, boolean passed) {
    matched.forEach(it -> noted.add(it.rule() + (passed ? " passed" : " refused")));
  }

  @Override
  public List<ShadowRule> seen() {
    return List.of();
  }

  @Override
  public Map<String, LocalDate> told() {
    return Map.of();
  }

  @Override
  public void told(Collection<String> rules, LocalDate day) {}
}
