package dev.postern.policy;

import java.time.Instant;

/**
 * Releasing by rule is frozen: what a rule would release is asked about.
 *
 * @param person id of who froze it
 * @param name the name of that person; foreign on cards
 * @param since from when on
 * @param why in that person's words, one line, may be empty; foreign on cards
 */
public record Freeze(String person, String name, Instant since, String why) {

  /** For the trace, the log and whoever runs Postern: ids only. */
  public String sentence() {
    return "releasing by rule is frozen by " + person + " since " + since;
  }
}
