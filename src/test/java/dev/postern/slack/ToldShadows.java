package dev.postern.slack;

import dev.postern.card.ShadowNews;
import dev.postern.policy.APolicy;
import dev.postern.policy.Policy;
import dev.postern.policy.Precedents;
import dev.postern.policy.Ruling.Shadow;
import dev.postern.policy.ShadowBook;
import dev.postern.policy.ShadowRule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule in shadow, that matched seven messages which passed at once; remembers what was told.
 */
final class ToldShadows implements ShadowBook, Precedents {
  final Map<String, LocalDate> told = new HashMap<>();
  private final Policy policy =
      APolicy.of("{name: lets, when: computed, do: release, shadow: true}");
  private final Instant since;

  ToldShadows(Instant since) {
    this.since = since;
  }

  ShadowNews news() {
    return new ShadowNews(() -> policy, this, this);
  }

  @Override
  public void note(List<Shadow> shadows, Instant at, boolean passed) {}

  @Override
  public List<ShadowRule> seen() {
    ShadowRule rule = policy.shadows().getFirst();
    return List.of(
        new ShadowRule(
            rule.name(), "", rule.meaning(), Optional.of(since), new ShadowRule.Inline(7, 0)));
  }

  @Override
  public Map<String, LocalDate> told() {
    return told;
  }

  @Override
  public void told(Collection<String> rules, LocalDate day) {
    rules.forEach(rule -> told.put(rule, day));
  }

  @Override
  public long count(Span when) {
    return 0;
  }

  @Override
  public void each(Span when, Taker taker) {}
}
