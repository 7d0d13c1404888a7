package dev.postern.evidence.posture;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that was found. Texts are ours but may quote names and terms that others published:
 * whoever shows them cleans them.
 *
 * @param level how much it matters
 * @param name for programs: kebab-case, stable
 * @param what was found, one sentence
 * @param why it matters; empty where nothing is wrong
 * @param advice what to do; empty where there is nothing to do
 * @param publish records to publish, in place of what is there under the same name
 */
public record Finding(
    Level level, String name, String what, String why, String advice, List<ZoneRecord> publish) {

  /** Copies the list, so that a finding never changes. */
  public Finding {
    publish = List.copyOf(publish);
  }

  static Finding ok(String name, String what) {
    return of(Level.OK, name, what);
  }

  static Finding note(String name, String what) {
    return of(Level.NOTE, name, what);
  }

  static Finding warning(String name, String what) {
    return of(Level.WARNING, name, what);
  }

  static Finding error(String name, String what) {
    return of(Level.ERROR, name, what);
  }

  /** DNS gave no answer for {@code names}. */
  static Finding temporary(String name, String names) {
    return of(Level.TEMPORARY, name, "DNS gave no answer for " + names + ".")
        .because("Nothing is said about it here; there may be a record or none.")
        .mend("Run the check again. If it stays so, its name servers need a look.");
  }

  private static Finding of(Level level, String name, String what) {
    return new Finding(level, name, what, "", "", List.of());
  }

  Finding because(String reason) {
    return new Finding(level, name, what, reason, advice, publish);
  }

  Finding mend(String todo) {
    return new Finding(level, name, what, why, todo, publish);
  }

  Finding publishing(ZoneRecord record) {
    List<ZoneRecord> all = new ArrayList<>(publish);
    all.add(record);
    return new Finding(level, name, what, why, advice, all);
  }
}
