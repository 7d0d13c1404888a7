package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotaTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "2026-01-05T09:00, kim",
    "2026-01-12T08:59, kim",
    "2026-01-12T09:00, noor",
    "2026-01-19T09:00, lee",
    "2026-01-26T09:00, kim",
    // turns change at nine by the clock on the wall, in summer too
    "2026-06-29T08:59, kim",
    "2026-06-29T09:00, noor",
    // before the first turn the circle turned just so
    "2026-01-05T08:59, lee",
  })
  void turnsChangeAtTheSameTimeOfDay(String when, String who) {
    Rota rota =
        new Rota(
            "mail",
            List.of("kim", "noor", "lee"),
            Duration.ofDays(7),
            LocalDateTime.parse("2026-01-05T09:00"),
            BERLIN);

    assertThat(rota.at(LocalDateTime.parse(when).atZone(BERLIN).toInstant())).isEqualTo(who);
  }
}
