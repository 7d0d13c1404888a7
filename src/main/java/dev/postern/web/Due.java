package dev.postern.web;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment that comes nearer.
 *
 * @param at the moment
 * @param words {@code 38 min left}; the page's script counts on from there
 * @param soon less than a quarter of an hour
 */
public record Due(Instant at, String words, boolean soon) {
  private static final long SOON = 15;
  private static final long HOURS_FROM = 90;

  /** How long until then. */
  static Due at(Instant at, Instant now) {
    long minutes = Math.ceilDiv(Duration.between(now, at).toSeconds(), 60);
    String words = minutes > 0 ? span(minutes) + " left" : "time is up";
    return new Due(at, words, minutes < SOON);
  }

  /** {@code 22 min}, {@code 3 h}, {@code 5 days}. */
  static String span(Duration age) {
    return span(Math.max(0, age.toMinutes()));
  }

  private static String span(long minutes) {
    if (minutes == 0) {
      return "less than 1 min";
    }
    if (minutes <= HOURS_FROM) {
      return minutes + " min";
    }
    long hours = Math.round(minutes / 60.0);
    return hours <= 48 ? hours + " h" : Math.round(hours / 24.0) + " days";
  }
}
