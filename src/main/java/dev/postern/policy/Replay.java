package dev.postern.policy;

import dev.postern.policy.Precedent.People;
import dev.postern.policy.Precedent.Said;
import dev.postern.policy.Replayed.Change;
import dev.postern.policy.Replayed.Line;
import dev.postern.policy.Replayed.Tally;
import dev.postern.policy.Replayed.Turn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Replays cases of the past through a policy. Nothing is asked of DNS, clocks or people: the same
 * cases and policies give the same result, digest included. A freeze and the hourly limits of rules
 * are left out: a rule counts as what it says. For one thread.
 */
public final class Replay implements Precedents.Taker {
  /** So many cases are named at most of each kind. */
  public static final int MOST_NAMED = 50;

  private final Optional<Policy> before;
  private final Policy after;
  private final MessageDigest digest = sha256();
  private final Map<Said, Count> said = new HashMap<>();
  private final Map<Ruling.Shadow, Count> shadows = new HashMap<>();
  private final Map<Words, Count> turns = new HashMap<>();
  private final List<Change> grave = new ArrayList<>();
  private final List<Change> others = new ArrayList<>();
  private final List<Replayed.Skipped> skipped = new ArrayList<>();
  private final TreeMap<LocalDate, Replayed.Week> weeks = new TreeMap<>();
  private long cases;
  private long unread;
  private long partial;
  private long changed;
  private long fewer;
  private long more;
  private long votes;
  private Duration waited = Duration.ZERO;

  /** Two words of actions. */
  private record Words(String before, String after) {}

  /** How many, and what people decided of those after the change. */
  private static final class Count {
    private long before;
    private final Map<People, Long> after = new EnumMap<>(People.class);

    void after(People people) {
      after.merge(people, 1L, Long::sum);
    }

    Tally tally() {
      return new Tally(
          after.getOrDefault(People.RELEASED, 0L),
          after.getOrDefault(People.DISCARDED, 0L),
          after.getOrDefault(People.NOBODY, 0L));
    }
  }

  /**
   * Gets ready.
   *
   * @param before what it is compared with; empty for what was ruled then
   * @param after the policy to be tried
   */
  public Replay(Optional<Policy> before, Policy after) {
    this.before = before;
    this.after = after;
  }

  @Override
  public void take(Precedent it) {
    Said old = before.map(policy -> said(rule(policy, it))).orElse(it.then().ruled());
    Ruling ruling = rule(after, it);
    Said now = said(ruling);
    People people = it.then().people();
    cases++;
    partial += it.then().whole() ? 0 : 1;
    said.computeIfAbsent(old, _ -> new Count()).before++;
    said.computeIfAbsent(now, _ -> new Count()).after(people);
    ruling
        .notes()
        .shadows()
        .forEach(s -> shadows.computeIfAbsent(s, _ -> new Count()).after(people));
    if (!old.action().equals(now.action())) {
      changed(it, old, now);
    }
    week(it, old.action() instanceof Action.Ask, now.action() instanceof Action.Ask);
    digest(it.id(), old, now, people);
  }

  private void week(Precedent it, boolean asked, boolean asks) {
    if (asked || asks) {
      LocalDate day = it.situation().context().at().toLocalDate();
      LocalDate monday = day.minusDays(day.getDayOfWeek().getValue() - 1L);
      Replayed.Week one = new Replayed.Week(monday, asked ? 1 : 0, asks ? 1 : 0);
      weeks.merge(monday, one, Replayed.Week::plus);
    }
  }

  private void changed(Precedent it, Said old, Said now) {
    changed++;
    turns
        .computeIfAbsent(new Words(old.action().word(), now.action().word()), _ -> new Count())
        .after(it.then().people());
    boolean asked = old.action() instanceof Action.Ask;
    boolean asks = now.action() instanceof Action.Ask;
    if (asked && !asks) {
      fewer++;
      votes += it.then().work().votes();
      waited = waited.plus(it.then().work().waited());
    } else if (asks && !asked) {
      more++;
    }
    Change change = new Change(it.id(), old, now, it.then().people());
    List<Change> named = change.grave() ? grave : others;
    if (named.size() < MOST_NAMED) {
      named.add(change);
    }
  }

  @Override
  public void unreadable(String id, String why) {
    unread++;
    if (skipped.size() < MOST_NAMED) {
      skipped.add(new Replayed.Skipped(id, why));
    }
  }

  private static Ruling rule(Policy policy, Precedent it) {
    Ruling ruling = policy.rule(it.situation());
    return it.then().cautious() && ruling.action() instanceof Action.Release
        ? ruling.heeding("", policy.otherwise())
        : ruling;
  }

  private static Said said(Ruling ruling) {
    return new Said(ruling.action(), ruling.rule());
  }

  private void digest(String id, Said old, Said now, People people) {
    String line = id + "\0" + text(old) + "\0" + text(now) + "\0" + people.name() + "\n";
    digest.update(line.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Said said) {
    String chain = said.action() instanceof Action.Ask ask ? ask.chain() : "";
    return said.action().word() + "\0" + chain + "\0" + said.rule();
  }

  /** What it came to; once, after the last case. */
  public Replayed done() {
    return new Replayed(
        new Replayed.Read(cases, unread, partial, skipped),
        lines(),
        shadowLines(),
        new Replayed.Changed(changed, turns(), grave, others),
        new Replayed.Saved(fewer, votes, waited, more),
        List.copyOf(weeks.values()),
        HexFormat.of().formatHex(digest.digest()));
  }

  /** In the order of the policy; what it does not have comes last. */
  private List<Line> lines() {
    Map<Replayed.Rule, Line> lines = new HashMap<>();
    said.forEach(
        (key, count) ->
            lines.merge(
                new Replayed.Rule(key.rule(), key.action().word()),
                new Line(key.rule(), key.action().word(), count.before, count.tally()),
                Line::plus));
    return ordered(lines.values().stream().toList());
  }

  private List<Line> shadowLines() {
    return ordered(
        shadows.entrySet().stream()
            .map(e -> new Line(e.getKey().rule(), e.getKey().action(), 0, e.getValue().tally()))
            .toList());
  }

  private List<Line> ordered(List<Line> lines) {
    List<String> rules = after.rules();
    Function<Line, Integer> place =
        line -> {
          int at = rules.indexOf(line.rule());
          return at >= 0 ? at : rules.size();
        };
    return lines.stream()
        .sorted(Comparator.comparing(place).thenComparing(Line::rule).thenComparing(Line::says))
        .toList();
  }

  private List<Turn> turns() {
    return turns.entrySet().stream()
        .map(e -> new Turn(e.getKey().before(), e.getKey().after(), e.getValue().tally()))
        .sorted(Comparator.comparing(Turn::before).thenComparing(Turn::after))
        .toList();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
