package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.NAME;

import dev.postern.approval.Choice;
import dev.postern.approval.DayBook.Day;
import dev.postern.approval.DayBook.Ended;
import dev.postern.approval.DayBook.Waiting;
import dev.postern.approval.Decision;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import dev.postern.policy.Agreement;
import dev.postern.policy.ShadowReport;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One day in numbers, for a channel: no text of any message. */
public final class DigestWriter {
  private static final int MOST_NAMED = 5;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  private DigestWriter() {}

  /** The digest of the day that ended. */
  public static CardView of(Day day, LocalDate date) {
    return of(day, List.of(), date);
  }

  /**
   * The digest of the day that ended.
   *
   * @param shadows what rules in shadow would have done, told once
   */
  static CardView of(Day day, List<ShadowReport.Line> shadows, LocalDate date) {
    List<Group> groups = new ArrayList<>();
    groups.add(new Group("counts", "", counts(day)));
    named("rules", "By rule", Decision.By.RULE, day).ifPresent(groups::add);
    named("people", "By people", Decision.By.PEOPLE, day).ifPresent(groups::add);
    if (!day.oldest().isEmpty()) {
      groups.add(waiting(day));
    }
    if (!shadows.isEmpty()) {
      groups.add(shadows(shadows));
    }
    String title = "The day until " + DATE.format(date);
    return new CardView(
        Kind.NOTICE,
        "digest",
        "",
        1,
        title,
        Optional.empty(),
        List.of(),
        groups,
        List.of(),
        List.of(),
        List.of(),
        "Buttons show to whoever presses what that person may read.",
        title + ": " + day.held() + " held, " + day.waiting() + " waiting.");
  }

  private static List<Row> counts(Day day) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Held", Line.own(Long.toString(day.held()))));
    rows.add(new Row("Released", Line.own(split(day, false))));
    rows.add(new Row("Discarded", Line.own(split(day, true))));
    rows.add(new Row("Expired", Line.own(Long.toString(day.expired()))));
    if (day.failed() > 0) {
      rows.add(new Row("Failed", Line.own(Long.toString(day.failed()))));
    }
    List<Duration> times =
        day.ended().stream()
            .filter(e -> e.decision().by() == Decision.By.PEOPLE)
            .map(e -> Duration.between(e.since(), e.decision().at()))
            .sorted()
            .toList();
    if (!times.isEmpty()) {
      rows.add(new Row("Median time", Line.own(Wording.length(times.get(times.size() / 2)))));
    }
    return rows;
  }

  private static String split(Day day, boolean discarded) {
    Map<Decision.By, Long> by =
        day.ended().stream()
            .map(Ended::decision)
            .filter(d -> (d.choice() instanceof Choice.Discard) == discarded)
            .collect(Collectors.groupingBy(Decision::by, Collectors.counting()));
    long all = by.values().stream().mapToLong(Long::longValue).sum();
    long people = by.getOrDefault(Decision.By.PEOPLE, 0L);
    return all == 0 ? "0" : all + ", of these " + people + " by people";
  }

  /** Whose decisions were most. */
  private static Optional<Group> named(String id, String title, Decision.By by, Day day) {
    Map<String, Long> counts =
        day.ended().stream()
            .map(Ended::decision)
            .filter(d -> d.by() == by)
            .map(Decision::because)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    List<List<Run>> lines =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_NAMED)
            .map(e -> Line.of().say(e.getValue() + " ").quote(e.getKey(), NAME).runs())
            .toList();
    return lines.isEmpty() ? Optional.empty() : Optional.of(new Group(id, title, List.of(), lines));
  }

  /** Names of rules are our administrator's; they are checked when the policy is read. */
  private static Group shadows(List<ShadowReport.Line> rules) {
    List<Row> rows = new ArrayList<>();
    for (ShadowReport.Line it : rules) {
      Agreement agreement = it.agreement();
      String would = "would have settled " + it.messages() + " (" + it.rule().says() + ")";
      String people =
          agreement.decided() == 0
              ? "; people decided none of these"
              : "; people decided as it would %d of %d times, at least %d %%"
                  .formatted(agreement.with(), agreement.decided(), agreement.percent());
      rows.add(new Row(it.rule().name(), Line.own(would + people)));
    }
    String how = "To let one decide: postern policy promote RULE. More: postern policy shadow.";
    return new Group("shadows", "Rules in shadow", rows, List.of(Line.own(how)));
  }

  private static Group waiting(Day day) {
    List<Row> rows = new ArrayList<>();
    List<CardAction> openers = new ArrayList<>();
    for (Waiting it : day.oldest()) {
      rows.add(new Row(it.id().text(), Line.of().say("since ").dateTime(it.since()).runs()));
      openers.add(
          CardAction.look(
              "pn.open" + openers.size(), "Open " + it.id(), new Look.Case(it.id()).token()));
    }
    String title = "Waiting: " + day.waiting() + ", the oldest first";
    return new Group("waiting", title, rows, List.of(), openers);
  }
}
