package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
  private static final long NOW = 1_790_000_000L;

  @ParameterizedTest
  @CsvSource({
    "0, at the time of the examination",
    "1, a second before the examination",
    "119, 119 seconds before the examination",
    "3600, 60 minutes before the examination",
    "7200, 2 hours before the examination",
    "200000, 2 days before the examination",
    "-7200, 2 hours after the examination",
  })
  void saysHowFarTwoMomentsLieApart(long seconds, String words) {
    assertThat(Age.beforeExamination(NOW - seconds, NOW)).isEqualTo(words);
  }
}
