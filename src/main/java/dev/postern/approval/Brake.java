package dev.postern.approval;

import dev.postern.policy.Freeze;
import dev.postern.policy.Rules;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    NOT_ALLOWED,
    /** A chat platform does not say now who is in a group that decides it. */
    UNTOLD
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
    return refusal(person, false).isEmpty();
  }

  /**
   * Why not.
   *
   * @param stale whether the last reading counts of a group that cannot be read now
   */
  private Optional<Answer> refusal(Person person, boolean stale) {
    Map<Boolean, List<String>> entries =
        rules.mayFreeze().stream()
            .collect(
                Collectors.partitioningBy(
                    it -> directory.refresh(it).isEmpty() && directory.hasRead(it)));
    List<String> untold = entries.getOrDefault(false, List.of());
    List<String> counted = stale ? rules.mayFreeze() : entries.getOrDefault(true, List.of());
    if (people.names(counted, person, clock.instant())) {
      return Optional.empty();
    }
    return Optional.of(untold.isEmpty() ? Answer.NOT_ALLOWED : Answer.UNTOLD);
  }

  /**
   * Freezes. Whoever was in a group when it was last read may, even where it cannot be read now: it
   * lets nothing through.
   *
   * @param why in the person's words; may be empty
   */
  public Answer freeze(Person person, String why) {
    Optional<Answer> refusal = refusal(person, true);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Freeze freeze = new Freeze(person.id(), person.name(), clock.instant(), oneLine(why));
    return row.freeze(freeze) ? Answer.DONE : Answer.ALREADY;
  }

  /** Lets rules release again. */
  public Answer unfreeze(Person person) {
    Optional<Answer> refusal = refusal(person, false);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return row.unfreeze(person.id()) ? Answer.DONE : Answer.ALREADY;
  }

  /** Without what nobody sees, and no longer than a card shows. */
  static String oneLine(String typed) {
    String line = typed.replaceAll("\\s+", " ").replaceAll("\\p{C}", "").strip();
    int end =
        line.offsetByCodePoints(0, Math.min(LONGEST_REASON, line.codePointCount(0, line.length())));
    return line.substring(0, end);
  }
}
