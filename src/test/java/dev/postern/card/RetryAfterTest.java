package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 1", "3600, 3600", "999999, 3600"})
  void secondsAreKeptBetweenASecondAndAnHour(String header, long seconds) {
    assertThat(RetryAfter.of(header, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tue, 24 Nov 2026 07:00:20 GMT | 20",
        "Tue, 24 Nov 2026 06:00:00 GMT | 1",
        "Wed, 25 Nov 2026 07:00:00 GMT | 3600"
      })
  void aDateIsCountedFromNow(String header, long seconds) {
    assertThat(RetryAfter.of(header, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "86400000", "1.5", "Tue, 99 Nov 2026 07:00:00 GMT"})
  void whatCannotBeReadSaysNothing(String header) {
    assertThat(RetryAfter.of(header, NOW)).isEmpty();
  }
}
