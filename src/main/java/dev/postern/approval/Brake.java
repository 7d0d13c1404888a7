package dev.postern.approval;

import dev.postern.policy.Freeze;
import dev.postern.policy.Rules;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Stops releasing by rule, for all replicas and until it is ended: who the policy names under
 * {@code may-freeze} can do both. Rules that discard and decisions of people go on.
 */
public final class Brake {
  /** As long as a reason for a vote may be. */
  private static final int LONGEST_REASON = 240;

  private final FreezeRow row;
  private final Rules rules;
  private final Directory directory;
  private final Electorate people;
  private final InstantSource clock;

  /** Takes its parts. */
  public Brake(FreezeRow row, Rules rules, Directory directory, InstantSource clock) {
    this.row = row;
    this.rules = rules;
    this.directory = directory;
    this.people = new Electorate(directory, rules);
    this.clock = clock;
  }

  /** What became of a wish. */
  public enum Answer {
    DONE,
    /** It was so before. */
    ALREADY,
    NOT_ALLOWED
  }

  /** How it stands, durable and the same for all replicas. */
  public Optional<Freeze> standing() {
    return row.freeze();
  }

  /**
   * Whether the policy lets this person freeze, and end it. May ask a chat platform who is in a
   * group: never within a transaction.
   */
  public boolean may(Person person) {
    rules.mayFreeze().forEach(directory::refresh);
    return people.names(rules.mayFreeze(), person, clock.instant());
  }

  /**
   * Freezes.
   *
   * @param why in the person's words; may be empty
   */
  public Answer freeze(Person person, String why) {
    if (!may(person)) {
      return Answer.NOT_ALLOWED;
    }
    Freeze freeze = new Freeze(person.id(), person.name(), clock.instant(), oneLine(why));
    return row.freeze(freeze) ? Answer.DONE : Answer.ALREADY;
  }

  /** Lets rules release again. */
  public Answer unfreeze(Person person) {
    if (!may(person)) {
      return Answer.NOT_ALLOWED;
    }
    return row.unfreeze(person.id()) ? Answer.DONE : Answer.ALREADY;
  }

  /** Without what nobody sees, and no longer than a card shows. */
  private static String oneLine(String typed) {
    String line = typed.replaceAll("\\s+", " ").replaceAll("\\p{C}", "").strip();
    int end =
        line.offsetByCodePoints(0, Math.min(LONGEST_REASON, line.codePointCount(0, line.length())));
    return line.substring(0, end);
  }
}
