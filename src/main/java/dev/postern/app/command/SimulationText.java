package dev.postern.app.command;

import dev.postern.policy.Action;
import dev.postern.policy.Precedent.Said;
import dev.postern.policy.Replayed;
import dev.postern.policy.Replayed.Change;
import dev.postern.policy.Replayed.Line;
import dev.postern.policy.Replayed.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A simulation for people: what matters stands in the first lines. */
final class SimulationText {
  private static final String ROW = "%-28s %-8s %9s %9s %9s %9s %9s %6s";

  private final Simulation it;
  private final Replayed result;
  private final int named;
  private final List<String> lines = new ArrayList<>();

  SimulationText(Simulation it, int named) {
    this.it = it;
    this.result = it.result();
    this.named = named;
  }

  String text() {
    summary();
    if (result.read().cases() > 0) {
      rules();
      changes();
    }
    footnotes();
    return String.join("\n", lines);
  }

  private void summary() {
    Replayed.Saved saved = result.saved();
    add(
        "%,d cases of the last %d days: %s against %s",
        result.read().cases(),
        it.head().days(),
        name(it.head().after()),
        it.head().before().map(SimulationText::name).orElse("what was ruled then"));
    long grave = against();
    add(
        "%,d would go another way%s",
        result.changed().total(),
        grave == 0 ? "" : ", %,d of them AGAINST what people decided".formatted(grave));
    add(
        "%,d fewer to ask about, %,d more; saves %,d votes and %s of waiting",
        saved.cases(), saved.more(), saved.votes(), hours(saved.waited()));
  }

  /** How many of the changed cases a rule would settle against what people decided. */
  private long against() {
    return result.changed().turns().stream()
        .mapToLong(turn -> turn.people().against(turn.after()))
        .sum();
  }

  private static String name(Simulation.Named policy) {
    return policy.name() + " (" + policy.policy().version() + ")";
  }

  private void rules() {
    add("");
    add("%-37s %19s  PEOPLE DECIDED OF THESE", "", "------ CASES ------");
    add(ROW, "RULE", "SAYS", "BEFORE", "NOW", "RELEASED", "DISCARDED", "NOTHING", "AGREE");
    result.lines().forEach(line -> rule(line, number(line.before())));
    for (String says : List.of("release", "discard", "ask")) {
      long before =
          result.lines().stream()
              .filter(line -> line.says().equals(says))
              .mapToLong(Line::before)
              .sum();
      Tally now = result.people(says);
      if (before + now.cases() > 0) {
        rule(new Line("all", says, before, now), number(before));
      }
    }
    if (!result.shadows().isEmpty()) {
      add("");
      add("In shadow, deciding nothing:");
      result.shadows().forEach(line -> rule(line, ""));
    }
  }

  private void rule(Line line, String before) {
    Tally now = line.after();
    add(
        ROW,
        line.rule(),
        line.says(),
        before,
        number(now.cases()),
        number(now.released()),
        number(now.discarded()),
        number(now.nobody()),
        agreement(line));
  }

  private static String agreement(Line line) {
    long decided = line.agreed() + line.disagreed();
    return decided == 0 ? "-" : 100 * line.agreed() / decided + " %";
  }

  private void changes() {
    Replayed.Changed changed = result.changed();
    if (changed.total() == 0) {
      return;
    }
    add("");
    add("Changes:");
    for (Replayed.Turn turn : changed.turns()) {
      Tally people = turn.people();
      add(
          "  %-8s -> %-8s %,9d   people released %,d, discarded %,d",
          turn.before(), turn.after(), people.cases(), people.released(), people.discarded());
    }
    named("Against what people decided:", changed.grave(), against());
    named("Others:", changed.named(), changed.total() - against());
  }

  private void named(String title, List<Change> changes, long of) {
    if (of == 0 || named == 0) {
      return;
    }
    List<Change> some = changes.stream().limit(named).toList();
    add("");
    add(some.size() < of ? "%s the first %d of %,d" : "%s", title, some.size(), of);
    for (Change change : some) {
      add(
          "  %s  %s -> %s; people %s  %s",
          change.id(),
          said(change.before()),
          said(change.after()),
          switch (change.people()) {
            case RELEASED -> "released";
            case DISCARDED -> "discarded";
            case NOBODY -> "decided nothing";
          },
          it.head().link(change.id()));
    }
  }

  private static String said(Said said) {
    String whom = said.action() instanceof Action.Ask ask ? " " + ask.chain() : "";
    return said.action().word() + whom + " (" + said.rule() + ")";
  }

  private void footnotes() {
    add("");
    Replayed.Read read = result.read();
    if (read.partial() > 0) {
      add("Replayed without the sender's history, which was not kept then: %,d", read.partial());
    }
    if (read.skipped() > 0) {
      add("Cannot be read and left out: %,d", read.skipped());
      read.named().forEach(skipped -> add("  %s  %s", skipped.id(), skipped.why()));
    }
    Optional<String> elsewhere = it.head().elsewhere();
    elsewhere.ifPresent(
        version -> add("The running Postern has another policy in force, version %s.", version));
    add("result sha256:%s", result.digest());
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String hours(Duration waited) {
    return waited.toHours() > 0
        ? number(waited.toHours()) + " h"
        : number(waited.toMinutes()) + " min";
  }

  private void add(String format, Object... values) {
    Object[] plain =
        Arrays.stream(values)
            .map(value -> value instanceof String text ? CaseText.plain(text) : value)
            .toArray();
    lines.add(String.format(Locale.ROOT, format, plain).stripTrailing());
  }
}
