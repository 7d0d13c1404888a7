package dev.postern.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Backoff backoff = new Backoff(FIRST, LONGEST, new Random(7));

  @Test
  void waitsDoubleUpToTheBoundAndLieInTheirUpperHalf() {
    for (int failures = 1; failures < 100; failures++) {
      Duration most =
          failures > 8 ? LONGEST : min(FIRST.multipliedBy(1L << (failures - 1)), LONGEST);
      for (int i = 0; i < 200; i++) {
        assertThat(backoff.after(failures)).isBetween(most.dividedBy(2), most);
      }
    }
    assertThat(backoff.after(Integer.MAX_VALUE)).isBetween(LONGEST.dividedBy(2), LONGEST);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Test
  void whatFailedTogetherDoesNotComeBackTogether() {
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      waits.add(backoff.after(3));
    }
    assertThat(waits).hasSizeGreaterThan(900);
  }

  @Test
  void P12_neverEarlierThanTheOtherSideAsked() {
    for (int seconds = 0; seconds < 7200; seconds += 7) {
      Duration asked = Duration.ofSeconds(seconds);
      assertThat(backoff.after(1, asked)).isBetween(asked, asked.plus(FIRST).plus(FIRST));
      assertThat(backoff.after(9, asked)).isGreaterThanOrEqualTo(asked);
    }
  }

  @Test
  void theSameSeedGivesTheSameWaits() {
    Backoff one = new Backoff(FIRST, LONGEST, new Random(42));
    Backoff other = new Backoff(FIRST, LONGEST, new Random(42));
    for (int failures = 1; failures < 20; failures++) {
      assertThat(one.after(failures)).isEqualTo(other.after(failures));
    }
  }

  @Test
  void boundsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, LONGEST, new Random()))
        .hasMessageContaining("no back-off");
    assertThatThrownBy(() -> new Backoff(LONGEST, FIRST, new Random()))
        .hasMessageContaining("no back-off");
  }
}
