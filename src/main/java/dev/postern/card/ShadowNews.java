package dev.postern.card;

import dev.postern.policy.Policy;
import dev.postern.policy.Precedents;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.ShadowBook;
import dev.postern.policy.ShadowReport;
import dev.postern.policy.ShadowReport.Line;
import dev.postern.policy.ShadowRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the daily digest tells once of each rule in shadow: what it would have done since it began.
 *
 * @param policy the one in force, which says after how long
 * @param precedents the cases of the past
 * @param book what else is known of such rules
 */
public record ShadowNews(Supplier<Policy> policy, Precedents precedents, ShadowBook book) {
  /** More are told the day after. */
  static final int MOST_TOLD = 5;

  /** What is to be told in a digest, in the order of the policy. */
  List<Line> due(Instant at, LocalDate date) {
    Policy now = policy.get();
    Optional<Duration> after = now.shadowReport();
    if (after.isEmpty() || now.shadows().isEmpty()) {
      return List.of();
    }
    List<ShadowRule> seen = book.seen();
    Map<String, LocalDate> told = book.told();
    List<String> due =
        now.shadows().stream()
            .map(rule -> rule.knowing(seen))
            .filter(
                rule -> rule.since().filter(it -> !it.plus(after.get()).isAfter(at)).isPresent())
            .map(ShadowRule::name)
            .filter(name -> told.getOrDefault(name, date).equals(date))
            .limit(MOST_TOLD)
            .toList();
    return due.isEmpty() ? List.of() : report(now, seen, at, due);
  }

  private List<Line> report(Policy now, List<ShadowRule> seen, Instant at, List<String> due) {
    ShadowReport report = new ShadowReport(now, seen);
    Instant since =
        seen.stream()
            .filter(rule -> due.contains(rule.name()))
            .flatMap(rule -> rule.since().stream())
            .min(Instant::compareTo)
            .orElse(at);
    precedents.each(new Span(since, at), report);
    return report.lines().stream().filter(line -> due.contains(line.rule().name())).toList();
  }

  /** They were told. */
  void told(List<Line> lines, LocalDate date) {
    if (!lines.isEmpty()) {
      book.told(lines.stream().map(line -> line.rule().name()).toList(), date);
    }
  }
}
