package dev.postern.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * When people of a firm are at work: windows and reminders run only then.
 *
 * @param days at least one
 * @param from first minute of the day
 * @param to the minute after the last, later than {@code from}
 * @param zone whose clock it is
 */
public record WorkingHours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

  /** Copies the set, so that hours never change. */
  public WorkingHours {
    days = Set.copyOf(days);
    if (days.isEmpty() || !from.isBefore(to)) {
      throw new IllegalArgumentException("hours that never come: " + days + " " + from + "-" + to);
    }
  }

  /** When that much working time has passed since {@code start}. */
  public Instant after(Instant start, Duration time) {
    Duration left = time;
    LocalDate day = start.atZone(zone).toLocalDate();
    while (true) {
      if (days.contains(day.getDayOfWeek())) {
        Instant opens = later(start, ZonedDateTime.of(day, from, zone).toInstant());
        // A clock that is put back or forward makes a day longer or shorter, as it is for people.
        Duration today = Duration.between(opens, ZonedDateTime.of(day, to, zone).toInstant());
        if (left.compareTo(today) <= 0) {
          return opens.plus(left);
        }
        left = today.isNegative() ? left : left.minus(today);
      }
      day = day.plusDays(1);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
