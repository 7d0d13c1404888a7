package dev.postern.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for patterns that people decide in the same way: the first of two passes over the cases of
 * the past, which counts in bounded memory (lossy counting: what is frequent is never lost). The
 * second pass, {@link SuggestionTrial}, tries the rules that would be made of them. For one thread.
 */
public final class Suggestions implements Precedents.Taker {
  /** So many rules are tried. */
  private static final int MOST_TRIED = 40;

  /** After so many counts those that occurred least are forgotten. */
  private static final int BUCKET = 50_000;

  private static final int DAYS_TO_LIVE = 90;
  private static final int LEAST_LIMIT = 5;

  private final PolicyEdit policy;
  private final Suggestion.Terms terms;
  private final Instant now;
  private final Map<Pattern, Long> counts = new HashMap<>();
  private long counted;
  private long forgotten;

  /**
   * Gets ready.
   *
   * @param policy the one for which rules are proposed
   * @param terms when one is
   */
  public Suggestions(PolicyEdit policy, Suggestion.Terms terms, Instant now) {
    this.policy = policy;
    this.terms = terms;
    this.now = now;
  }

  @Override
  public void take(Precedent it) {
    for (Pattern pattern : Patterns.of(it)) {
      counts.merge(pattern, 1L, Long::sum);
      counted++;
      if (counted % BUCKET == 0) {
        forgotten++;
        counts.replaceAll((_, count) -> count - 1);
        counts.values().removeIf(count -> count <= 0);
      }
    }
  }

  @Override
  public void unreadable(String id, String why) {}

  /** What is to be tried on the same cases, once, after the last one. */
  public SuggestionTrial trial() {
    List<Pattern> frequent =
        counts.entrySet().stream()
            .filter(it -> it.getValue() + forgotten >= terms.least())
            .sorted(
                Map.Entry.<Pattern, Long>comparingByValue()
                    .reversed()
                    .thenComparing(it -> it.getKey().toString()))
            .map(Map.Entry::getKey)
            .filter(this::mayBeTried)
            .limit(MOST_TRIED)
            .toList();
    return trial(frequent);
  }

  /** Not above a rule that looks for what is dangerous, and not what is adopted already. */
  private boolean mayBeTried(Pattern it) {
    Optional<Rule> asker = policy.policy().rule(it.asker());
    boolean known = asker.isPresent() || it.asker().equals(Trial.OTHERWISE);
    boolean releases = it.does().equals("release");
    return known
        && !(releases && asker.filter(Suggestions::dangerous).isPresent())
        && policy.policy().rule(it.name()).isEmpty();
  }

  /**
   * Whether a rule asks since something may do harm: it looks for that, or no grant gets past it.
   */
  private static boolean dangerous(Rule rule) {
    String asks = rule.when().text();
    return rule.terms().overGrants()
        || asks.contains("attachments")
        || asks.contains("uncertain")
        || Pattern.DANGERS.stream().anyMatch(asks::contains);
  }

  private SuggestionTrial trial(List<Pattern> patterns) {
    Map<String, List<Pattern>> byAsker = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Pattern it : patterns) {
      if (names.add(it.name())) {
        byAsker.computeIfAbsent(it.asker(), _ -> new ArrayList<>()).add(it);
      }
    }
    Map<String, Pattern> tried = new LinkedHashMap<>();
    PolicyEdit trial = policy;
    for (Map.Entry<String, List<Pattern>> some : byAsker.entrySet()) {
      List<String> lines = some.getValue().stream().flatMap(it -> lines(it, 0).stream()).toList();
      if (trial.insert(lines, some.getKey()) instanceof PolicyEdit.Edited.Changed changed) {
        try {
          trial = trial.then(changed);
          some.getValue().forEach(it -> tried.put(it.name(), it));
        } catch (PolicyProblem itWasRightJustNow) {
          throw new IllegalStateException(itWasRightJustNow);
        }
      }
    }
    return new SuggestionTrial(this, trial.policy(), tried);
  }

  /** How many patterns are counted now. */
  int size() {
    return counts.size();
  }

  Suggestion.Terms terms() {
    return terms;
  }

  /**
   * A rule of a policy, in shadow, with an end and a limit.
   *
   * @param busiest most such messages in one hour so far
   */
  List<String> lines(Pattern it, long busiest) {
    LocalDate until = now.atZone(policy.policy().zone()).toLocalDate().plusDays(DAYS_TO_LIVE);
    List<String> lines = new ArrayList<>();
    lines.add("- name: " + it.name());
    lines.add("  when: >-");
    it.when().forEach(line -> lines.add("    " + line));
    lines.add("  do: " + it.does());
    lines.add("  until: " + until);
    lines.add("  limit: " + Math.max(LEAST_LIMIT, 2 * busiest));
    lines.add("  shadow: true");
    return lines;
  }

  static Comparator<Suggestion> mostSavingFirst() {
    return Comparator.comparingLong((Suggestion it) -> it.past().agreement().decided())
        .reversed()
        .thenComparing(Suggestion::name);
  }
}
