package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {
  /** As R's {@code binom::binom.confint(with, decided, method = "wilson")} has them. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0.2065",
    "10, 0, 0.7225",
    "35, 0, 0.9011",
    "34, 1, 0.8547",
    "50, 50, 0.4038",
    "0, 10, 0.0",
    "0, 0, 0.0",
    "1000000, 0, 0.999996"
  })
  void itIsTheLowerBoundOfWilson(long with, long against, double bound) {
    assertThat(new Agreement(with, against).atLeast()).isCloseTo(bound, within(0.0001));
  }

  @Test
  void perCentAreNeverRoundedUp() {
    assertThat(new Agreement(34, 1).percent()).isEqualTo(85);
    assertThat(new Agreement(1_000_000, 0).percent()).isEqualTo(99);
  }
}
