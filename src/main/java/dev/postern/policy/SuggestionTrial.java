package dev.postern.policy;

import dev.postern.policy.Precedent.People;
import dev.postern.policy.Suggestion.Saved;
import dev.postern.policy.Suggestion.Spread;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tries proposed rules on the cases of the past, all of them at once, in shadow: what each would
 * have settled is exactly what it will settle where it stands. For one thread.
 */
public final class SuggestionTrial implements Precedents.Taker {
  private static final int MOST_NAMED = 10;
  private static final int MOST_PROPOSED = 12;

  /** More hours, days and names than that are as good as that many. */
  private static final int MOST_TOLD_APART = 10_000;

  private final Suggestions from;
  private final Policy policy;
  private final Map<String, Pattern> tried;
  private final Map<String, Score> scores = new LinkedHashMap<>();

  private static final class Score {
    private final Map<Instant, Long> hours = new HashMap<>();
    private final Set<LocalDate> days = new HashSet<>();
    private final Set<String> deciders = new HashSet<>();
    private final List<String> exceptions = new ArrayList<>();
    private Agreement agreement = new Agreement(0, 0);
    private Saved saved = new Saved(0, Duration.ZERO);
    private long undecided;
    private long adopted;
    private long which;

    void take(Precedent it, boolean releases) {
      Instant at = it.situation().context().at().toInstant();
      People people = it.then().people();
      which += 31L * it.id().hashCode() + at.getEpochSecond();
      if (hours.size() < MOST_TOLD_APART) {
        hours.merge(at.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
      }
      if (it.then().ruled().action() instanceof Action.Ask) {
        saved = saved.plus(it.then().work());
      }
      if (people == People.NOBODY) {
        undecided++;
        return;
      }
      boolean same = releases == (people == People.RELEASED);
      agreement =
          new Agreement(agreement.with() + (same ? 1 : 0), agreement.against() + (same ? 0 : 1));
      if (same && days.size() < MOST_TOLD_APART && deciders.size() < MOST_TOLD_APART) {
        days.add(LocalDate.ofInstant(at, ZoneOffset.UTC));
        deciders.addAll(it.then().work().by());
      } else if (!same && exceptions.size() < MOST_NAMED) {
        exceptions.add(it.id());
      }
    }

    /**
     * Where people decide now so and now so, more cases will not help; and what a rule in shadow
     * would settle likewise is on its way already.
     */
    boolean promising() {
      return agreement.with() > 0
          && 10 * agreement.against() <= agreement.with()
          && 2 * adopted <= agreement.decided() + undecided;
    }

    Suggestion.Merits done() {
      long busiest = hours.values().stream().mapToLong(Long::longValue).max().orElse(0);
      Spread spread = new Spread(days.size(), deciders.size(), busiest);
      return new Suggestion.Merits(agreement, undecided, exceptions, saved, spread);
    }
  }

  SuggestionTrial(Suggestions from, Policy policy, Map<String, Pattern> tried) {
    this.from = from;
    this.policy = policy;
    this.tried = tried;
    tried.keySet().forEach(name -> scores.put(name, new Score()));
  }

  @Override
  public void take(Precedent it) {
    List<Ruling.Shadow> shadows = policy.rule(it.situation()).notes().shadows();
    Set<String> adopted = new HashSet<>();
    for (Ruling.Shadow shadow : shadows) {
      if (!tried.containsKey(shadow.rule())) {
        adopted.add(shadow.action());
      }
    }
    for (Ruling.Shadow shadow : shadows) {
      Score score = scores.get(shadow.rule());
      boolean releases = shadow.action().equals("release");
      // What may have been delivered before is never released by a rule.
      if (score != null && !(releases && it.then().cautious())) {
        score.take(it, releases);
        score.adopted += adopted.contains(shadow.action()) ? 1 : 0;
      }
    }
  }

  @Override
  public void unreadable(String id, String why) {}

  /**
   * The rules that are proposed, and behind them those for which something is missing still; of
   * several that match the same cases, the first.
   */
  public List<Suggestion> done() {
    Set<Long> seen = new HashSet<>();
    List<Suggestion> all = new ArrayList<>();
    tried.forEach(
        (name, pattern) -> {
          Score score = scores.getOrDefault(name, new Score());
          if (score.promising() && seen.add(score.which)) {
            Suggestion.Merits past = score.done();
            List<String> lines = from.lines(pattern, past.spread().busiest());
            all.add(new Suggestion(name, pattern.does(), pattern.asker(), lines, past));
          }
        });
    return all.stream()
        .sorted(
            Comparator.comparing((Suggestion it) -> it.missing(from.terms()).isPresent())
                .thenComparing(Suggestions.mostSavingFirst()))
        .limit(MOST_PROPOSED)
        .toList();
  }
}
