package dev.postern.slack;

/**
 * One thing that was looked at.
 *
 * @param grade how bad it is
 * @param what what was found
 * @param why why it matters; empty where all is well
 * @param mend what to do; empty where all is well
 */
public record Finding(Grade grade, String what, String why, String mend) {

  /** How bad something is. */
  public enum Grade {
    WELL,
    /** It works, and could be better. */
    ADVICE,
    /** Something does not work until it is mended. */
    WRONG,
    /** Slack did not answer. */
    UNKNOWN
  }

  static Finding well(String what) {
    return new Finding(Grade.WELL, what, "", "");
  }

  static Finding advice(String what, String why, String mend) {
    return new Finding(Grade.ADVICE, what, why, mend);
  }

  static Finding wrong(String what, String why, String mend) {
    return new Finding(Grade.WRONG, what, why, mend);
  }

  static Finding unknown(String what, String why) {
    return new Finding(Grade.UNKNOWN, what, why, "Look again when Slack answers.");
  }
}
