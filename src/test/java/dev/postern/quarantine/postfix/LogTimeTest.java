package dev.postern.quarantine.postfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LogTimeTest {
  private static final String REST = " mx postfix/qmgr[1]: 4jYMqT6jjCzJdNd: removed";

  private static boolean notBefore(String time, String since) {
    return LogTime.notBefore(time + REST, Instant.parse(since), ZoneOffset.UTC);
  }

  @Test
  void P8_aLineFromBeforeThenIsNotTaken() {
    assertThat(notBefore("Nov  3 23:39:49", "2026-11-03T23:39:50Z")).isFalse();
    assertThat(notBefore("Nov  3 23:39:49", "2026-11-03T23:39:49Z")).isTrue();
    assertThat(notBefore("2026-11-03T23:39:49.5+01:00", "2026-11-03T22:39:50Z")).isFalse();
    assertThat(notBefore("2026-11-03T23:39:49.5+01:00", "2026-11-03T22:39:49Z")).isTrue();
  }

  @Test
  void theYearThatIsNotWrittenIsTheNearest() {
    assertThat(notBefore("Jan  1 00:00:05", "2026-12-31T23:59:59Z")).isTrue();
    assertThat(notBefore("Dec 31 23:59:59", "2027-01-01T00:00:05Z")).isFalse();
    assertThat(notBefore("Feb 29 12:00:00", "2028-02-28T12:00:00Z")).isTrue();
  }

  @Test
  void aTimeWithoutZoneIsThatOfThisMachine() {
    assertThat(
            LogTime.notBefore(
                "Nov 23 13:00:00" + REST,
                Instant.parse("2026-11-23T12:30:00Z"),
                ZoneId.of("Europe/Paris")))
        .isFalse();
  }

  @Test
  void whatHasNoTimeIsNoProof() {
    assertThat(notBefore("Nov 31 23:39:49", "2026-11-03T23:39:50Z")).isFalse();
    assertThat(notBefore("2026-11-03Tx", "2026-11-03T23:39:50Z")).isFalse();
    assertThat(notBefore("", "2026-11-03T23:39:50Z")).isFalse();
  }
}
