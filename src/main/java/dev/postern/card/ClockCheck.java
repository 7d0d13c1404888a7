package dev.postern.card;

import java.time.Duration;
import java.time.Instant;

/**
 * Holds this machine's clock against a platform's.
 *
 * @param whose the platform, as in "Slack's"
 * @param tolerance from here on requests are refused
 */
public record ClockCheck(String whose, Duration tolerance) {
  private static final Duration NEARLY = Duration.ofSeconds(30);

  /**
   * Compares.
   *
   * @param theirs when the platform answered, by its own clock
   * @param ours the same moment by this machine's
   */
  public Finding compare(Instant theirs, Instant ours) {
    Duration off = Duration.between(theirs, ours).abs();
    String what = "This machine's clock and " + whose + " differ by " + off.toSeconds() + " s.";
    String mend = "Switch time synchronisation (NTP) on.";
    String limit = tolerance.toSeconds() + " s";
    if (off.compareTo(tolerance) > 0) {
      String why = "Requests more than " + limit + " off are refused: no click counts.";
      return Finding.wrong(what, why, mend);
    }
    return off.compareTo(NEARLY) > 0
        ? Finding.advice(what, "Requests are refused when it grows beyond " + limit + ".", mend)
        : Finding.well("This machine's clock agrees with " + whose + ".");
  }
}
