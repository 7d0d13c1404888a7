package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final WorkingHours OFFICE =
      new WorkingHours(
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          LocalTime.of(8, 0),
          LocalTime.of(18, 0),
          BERLIN);

  @ParameterizedTest(name = "{0} and {1} is {2}")
  @CsvSource({
    // within a day, over night, over a week-end, from outside of the hours
    "2026-11-25T09:00, 2h, 2026-11-25T11:00",
    "2026-11-25T17:00, 2h, 2026-11-26T09:00",
    "2026-11-27T17:30, 1h, 2026-11-30T08:30",
    "2026-11-25T03:00, 30m, 2026-11-25T08:30",
    "2026-11-25T20:00, 30m, 2026-11-26T08:30",
    "2026-11-28T12:00, 25h, 2026-12-02T13:00",
    // exactly to the end
    "2026-11-25T17:00, 1h, 2026-11-25T18:00",
    // summer time ends between them: days of ten hours all the same
    "2026-10-23T17:00, 2h, 2026-10-26T09:00",
  })
  void timeRunsOnlyWhilePeopleAreAtWork(String from, String time, String to) {
    assertThat(OFFICE.after(berlin(from), Duration.parse("PT" + time))).isEqualTo(berlin(to));
  }

  @Test
  void hoursThatNeverComeAreRefused() {
    LocalTime eight = LocalTime.of(8, 0);
    assertThatThrownBy(() -> new WorkingHours(Set.of(), eight, LocalTime.of(9, 0), BERLIN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WorkingHours(Set.of(DayOfWeek.MONDAY), eight, eight, BERLIN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Instant berlin(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }
}
