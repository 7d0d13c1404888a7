package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private static final Instant ARRIVED = Instant.parse("2026-11-26T09:00:00.500Z");
  private static final Probe PROBE = new Probe("Teams");

  @Test
  void theCardNamesTheCommandThatItComesFrom() {
    assertThat(PROBE.card().text()).contains("\"postern doctor teams\"", "decides nothing");
  }

  @Test
  void whoeverPressesIsToldHowLongItTook() {
    assertThat(PROBE.heard(Optional.of(ARRIVED.minusMillis(320)), ARRIVED).text())
        .isEqualTo("Your press took 0.32 s from Teams to Postern.");
  }

  @Test
  void aClockThatIsAheadMakesNoNegativeTime() {
    assertThat(PROBE.heard(Optional.of(ARRIVED.plusSeconds(7)), ARRIVED).text())
        .contains("took 0.00 s");
  }

  @Test
  void whereThePlatformDoesNotSayWhenNoTimeIsMadeUp() {
    assertThat(PROBE.heard(Optional.empty(), ARRIVED).text())
        .isEqualTo("Teams did not say when you pressed.");
  }
}
