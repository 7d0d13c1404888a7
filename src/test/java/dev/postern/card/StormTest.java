package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Storms of ten minutes, by their seeds; after each of them every card stands once and is true. */
class StormTest {
  /** More of them: {@code -Dpostern.storms=3000}. */
  private static final int STORMS = Integer.getInteger("postern.storms", 500);

  @Test
  void P12_afterThousandsOfStormsEachCardStandsOnceAndTellsTheTruth() {
    int most = 0;
    long calls = 0;
    long cards = 0;
    long revisions = 0;
    Duration slowest = Duration.ZERO;
    long began = System.nanoTime();
    for (int seed = 0; seed < STORMS; seed++) {
      Storm storm = new Storm(seed);
      try {
        storm.play();
        storm.verify();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("storm " + seed, e);
      }
      most = Math.max(most, storm.mostCalls());
      calls += storm.calls();
      cards += Storm.CARDS;
      revisions += storm.revisions();
      slowest = slowest.compareTo(storm.settling()) < 0 ? storm.settling() : slowest;
    }
    System.out.printf(
        "storms: %d of ten minutes, %d cards, %d revisions; calls per card: %.2f, at most %d;"
            + " all true at most %d s after the storm; %.1f s%n",
        STORMS,
        cards,
        revisions,
        calls / (double) cards,
        most,
        slowest.toSeconds(),
        (System.nanoTime() - began) / 1e9);
    assertThat(calls / (double) cards).as("calls per card").isLessThan(12);
    assertThat(slowest).as("until all are true").isLessThan(Duration.ofMinutes(6));
  }
}
