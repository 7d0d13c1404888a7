package dev.postern.card;

import dev.postern.policy.PolicyEdit;
import dev.postern.policy.Precedents;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.Suggestion;
import dev.postern.policy.SuggestionTrial;
import dev.postern.policy.Suggestions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Rules that are proposed of what people decided in the last 90 days. Looks at all cases, one look
 * at a time, and not again within ten minutes. Safe for many threads.
 */
public final class EarnedRules {
  /** None are. */
  public static final EarnedRules NONE =
      new EarnedRules(
          Optional::empty,
          new Precedents() {
            @Override
            public long count(Span when) {
              return 0;
            }

            @Override
            public void each(Span when, Taker taker) {}
          });

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration BACK = Duration.ofDays(90);

  private final Supplier<Optional<PolicyEdit>> policy;
  private final Precedents precedents;
  private final ReentrantLock looking = new ReentrantLock();
  private Instant at = Instant.EPOCH;
  private List<Suggestion> known = List.of();

  /**
   * Takes its parts.
   *
   * @param policy the one for which rules are proposed; empty where it cannot be read now
   * @param precedents the cases of the past
   */
  public EarnedRules(Supplier<Optional<PolicyEdit>> policy, Precedents precedents) {
    this.policy = policy;
    this.precedents = precedents;
  }

  /** Those that may be adopted; takes as long as the store takes for all of its cases. */
  List<Suggestion> now(Instant now) {
    looking.lock();
    try {
      if (!at.plus(FRESH).isAfter(now)) {
        known = policy.get().map(it -> found(it, now)).orElse(List.of());
        at = now;
      }
      return known;
    } finally {
      looking.unlock();
    }
  }

  private List<Suggestion> found(PolicyEdit text, Instant now) {
    Span when = new Span(now.minus(BACK), now);
    Suggestions first = new Suggestions(text, Suggestion.Terms.USUAL, now);
    precedents.each(when, first);
    SuggestionTrial second = first.trial();
    precedents.each(when, second);
    return second.done().stream()
        .filter(it -> it.missing(Suggestion.Terms.USUAL).isEmpty())
        .toList();
  }
}
