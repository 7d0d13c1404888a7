package dev.postern.policy;

import dev.postern.policy.Precedent.People;
import dev.postern.policy.Precedent.Said;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * What a replay came to.
 *
 * @param read what was replayed
 * @param lines one for each rule and what it says, in the order of the policy
 * @param shadows the same for rules in shadow, which decide nothing
 * @param changed cases that would go another way
 * @param saved what that saves
 * @param weeks how many people were asked about in each week, and would be
 * @param digest SHA-256 over all results, in hexadecimal digits
 */
public record Replayed(
    Read read,
    List<Line> lines,
    List<Line> shadows,
    Changed changed,
    Saved saved,
    List<Week> weeks,
    String digest) {

  /**
   * What was replayed.
   *
   * @param cases that were
   * @param skipped that could not be read
   * @param partial of the replayed ones, those whose sender history was not kept
   * @param named the first of the skipped ones
   */
  public record Read(long cases, long skipped, long partial, List<Skipped> named) {
    /** Copies the list. */
    public Read {
      named = List.copyOf(named);
    }
  }

  /**
   * A case that could not be read.
   *
   * @param id of the case
   * @param why in our words
   */
  public record Skipped(String id, String why) {}

  /**
   * What people decided of some cases.
   *
   * @param released they released so many
   * @param discarded and discarded so many
   * @param nobody of so many, people decided nothing
   */
  public record Tally(long released, long discarded, long nobody) {
    /** Of one case. */
    static Tally of(People people) {
      return switch (people) {
        case RELEASED -> new Tally(1, 0, 0);
        case DISCARDED -> new Tally(0, 1, 0);
        case NOBODY -> new Tally(0, 0, 1);
      };
    }

    /** How many cases. */
    public long cases() {
      return released + discarded + nobody;
    }

    /** Of these, those that people decided the other way than a rule that says this. */
    public long against(String says) {
      return switch (says) {
        case "release" -> discarded;
        case "discard" -> released;
        default -> 0;
      };
    }

    Tally plus(Tally more) {
      return new Tally(released + more.released, discarded + more.discarded, nobody + more.nobody);
    }
  }

  /** A rule with what it says. */
  record Rule(String rule, String says) {}

  /**
   * One rule with one thing that it says.
   *
   * @param rule its name
   * @param says the word of the action
   * @param before so many cases before
   * @param after and these now
   */
  public record Line(String rule, String says, long before, Tally after) {
    Line plus(Line more) {
      return new Line(rule, says, before + more.before, after.plus(more.after));
    }

    /** Of the cases on which people decided, those that they decided as the rule does. */
    public long agreed() {
      return switch (says) {
        case "release" -> after.released();
        case "discard" -> after.discarded();
        default -> 0;
      };
    }

    /** Of the cases on which people decided, those that they decided the other way. */
    public long disagreed() {
      return after.against(says);
    }
  }

  /**
   * Cases that would go another way.
   *
   * @param total how many
   * @param turns by which way they went and would go
   * @param grave the oldest of those of which a rule would do the opposite of what people decided
   * @param named the oldest of the others
   */
  public record Changed(long total, List<Turn> turns, List<Change> grave, List<Change> named) {
    /** Copies the lists. */
    public Changed {
      turns = List.copyOf(turns);
      grave = List.copyOf(grave);
      named = List.copyOf(named);
    }
  }

  /**
   * From one way to another; the same word twice where other people would be asked.
   *
   * @param before the word of the action before
   * @param after and now
   * @param people what they decided
   */
  public record Turn(String before, String after, Tally people) {}

  /**
   * A case that would go another way.
   *
   * @param id of the case
   * @param before what was said before
   * @param after and now
   * @param people what they decided
   */
  public record Change(String id, Said before, Said after, People people) {
    /** Whether a rule would now do the opposite of what people decided. */
    public boolean grave() {
      return switch (after.action()) {
        case Action.Release _ -> people == People.DISCARDED;
        case Action.Discard _ -> people == People.RELEASED;
        case Action.Ask _ -> false;
      };
    }
  }

  /**
   * What the change saves.
   *
   * @param cases people would no longer be asked about so many
   * @param votes which they cast on these
   * @param waited that these waited, from the first question to the decision
   * @param more people would be asked about so many more
   */
  public record Saved(long cases, long votes, Duration waited, long more) {}

  /**
   * One week of cases that people are asked about.
   *
   * @param monday its first day
   * @param before so many before
   * @param after and now
   */
  public record Week(LocalDate monday, long before, long after) {
    Week plus(Week more) {
      return new Week(monday, before + more.before, after + more.after);
    }
  }

  /** Copies the lists. */
  public Replayed {
    lines = List.copyOf(lines);
    shadows = List.copyOf(shadows);
    weeks = List.copyOf(weeks);
  }

  /** What people decided of all cases of which the policy says this. */
  public Tally people(String says) {
    return lines.stream()
        .filter(line -> line.says().equals(says))
        .map(Line::after)
        .reduce(new Tally(0, 0, 0), Tally::plus);
  }
}
