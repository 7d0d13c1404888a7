package dev.postern.quarantine.postfix;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** When a line of the mail log was written. */
final class LogTime {
  private static final Pattern SYSLOG =
      Pattern.compile("([A-Z][a-z]{2} [ 0-9][0-9]) ([0-9:]{8}) .*");

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM ppd", Locale.ROOT);

  private LogTime() {}

  /**
   * Whether a line was written then or later. One whose time cannot be read was not.
   *
   * @param zone in which times without one are written
   */
  static boolean notBefore(String line, Instant then, ZoneId zone) {
    try {
      Matcher form = SYSLOG.matcher(line);
      Optional<Instant> written =
          form.matches()
              ? nearest(
                  MonthDay.parse(form.group(1), DAY), LocalTime.parse(form.group(2)), then, zone)
              : Optional.of(OffsetDateTime.parse(line.split(" ", 2)[0]).toInstant());
      return written.filter(at -> !at.isBefore(then)).isPresent();
    } catch (DateTimeException noTime) {
      return false;
    }
  }

  /** The year is not written. */
  private static Optional<Instant> nearest(
      MonthDay day, LocalTime time, Instant then, ZoneId zone) {
    int year = then.atZone(zone).getYear();
    return IntStream.rangeClosed(year - 1, year + 1)
        .filter(day::isValidYear)
        .mapToObj(y -> ZonedDateTime.of(day.atYear(y), time, zone).toInstant())
        .min(Comparator.comparing(at -> Duration.between(at, then).abs()));
  }
}
