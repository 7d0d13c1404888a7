package dev.postern.evidence;

import java.time.Duration;

/** How far two moments lie apart, in words. */
final class Age {
  private Age() {}

  /** {@code 3 days before}, {@code 2 hours after} or {@code at the time of} the examination. */
  static String beforeExamination(long moment, long examination) {
    long seconds = examination - moment;
    if (seconds == 0) {
      return "at the time of the examination";
    }
    return rounded(Duration.ofSeconds(Math.abs(seconds)))
        + (seconds > 0 ? " before the examination" : " after the examination");
  }

  private static String rounded(Duration time) {
    if (time.toDays() > 1) {
      return time.toDays() + " days";
    }
    if (time.toHours() > 1) {
      return time.toHours() + " hours";
    }
    if (time.toMinutes() > 1) {
      return time.toMinutes() + " minutes";
    }
    return time.toSeconds() == 1 ? "a second" : time.toSeconds() + " seconds";
  }
}
