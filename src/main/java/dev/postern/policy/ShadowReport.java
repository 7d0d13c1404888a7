package dev.postern.policy;

import dev.postern.policy.Precedent.People;
import dev.postern.policy.Replayed.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules in shadow of a policy would have done, each since it is in shadow, and whether
 * people decided as they would have. For one thread.
 */
public final class ShadowReport implements Precedents.Taker {
  /** So many exceptions are named of each rule. */
  public static final int MOST_NAMED = 20;

  private final Policy policy;
  private final Map<String, Count> counts = new LinkedHashMap<>();
  private long unread;

  /**
   * What a rule in shadow would have done.
   *
   * @param rule what it would do, and to what it was applied without a case
   * @param people what people decided of cases that it would have settled
   * @param exceptions the oldest cases on which people decided the other way
   */
  public record Line(ShadowRule rule, Tally people, List<String> exceptions) {
    /** Copies the list. */
    public Line {
      exceptions = List.copyOf(exceptions);
    }

    /** How often people decided as it would have; nothing where it asks. */
    public Agreement agreement() {
      long against = people.against(rule.says());
      boolean asks = rule.says().equals("ask");
      return new Agreement(asks ? 0 : people.released() + people.discarded() - against, against);
    }

    /** How many messages it would have settled. */
    public long messages() {
      return people.cases() + rule.inline().passed() + rule.inline().refused();
    }
  }

  private static final class Count {
    private final ShadowRule rule;
    private final List<String> exceptions = new ArrayList<>();
    private Tally people = new Tally(0, 0, 0);

    Count(ShadowRule rule) {
      this.rule = rule;
    }

    void take(Precedent it) {
      People decided = it.then().people();
      people = people.plus(Tally.of(decided));
      if (Tally.of(decided).against(rule.says()) > 0 && exceptions.size() < MOST_NAMED) {
        exceptions.add(it.id());
      }
    }
  }

  /**
   * Gets ready.
   *
   * @param seen what is known of its rules in shadow; of others nothing is
   */
  public ShadowReport(Policy policy, List<ShadowRule> seen) {
    this.policy = policy;
    policy.shadows().forEach(it -> counts.put(it.name(), new Count(it.knowing(seen))));
  }

  /** The moment from which on cases are needed; empty where there is nothing to report. */
  public Optional<Instant> since() {
    return counts.values().stream()
        .map(it -> it.rule.since().orElse(Instant.EPOCH))
        .min(Instant::compareTo);
  }

  @Override
  public void take(Precedent it) {
    Instant at = it.situation().context().at().toInstant();
    for (Ruling.Shadow shadow : policy.rule(it.situation()).notes().shadows()) {
      Count count = counts.get(shadow.rule());
      if (count != null && count.rule.since().filter(at::isBefore).isEmpty()) {
        count.take(it);
      }
    }
  }

  @Override
  public void unreadable(String id, String why) {
    unread++;
  }

  /** How many cases could not be read. */
  public long unread() {
    return unread;
  }

  /** One for each rule in shadow, in the order of the policy. */
  public List<Line> lines() {
    return counts.values().stream().map(it -> new Line(it.rule, it.people, it.exceptions)).toList();
  }
}
