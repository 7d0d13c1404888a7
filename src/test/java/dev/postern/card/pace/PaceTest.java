package dev.postern.card.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final Instant START = Instant.parse("2026-11-24T07:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Lane POSTS = new Lane("post", "mail-ops");
  private static final Lane UPDATES = new Lane("update", "");
  private static final Lane ALL_POSTS = new Lane("post", "");

  /** A message a second into each place, 300 a minute into all; fifty updates; twenty of others. */
  private static final Rates RATES =
      new Rates() {
        @Override
        public List<Rate> of(Lane lane) {
          return List.of(
              switch (lane.kind()) {
                case "post" ->
                    lane.equals(ALL_POSTS) ? new Rate(300, MINUTE, 100) : new Rate(60, MINUTE, 6);
                case "update" -> new Rate(50, MINUTE, 5);
                default -> new Rate(20, MINUTE, 2);
              });
        }

        @Override
        public Optional<Lane> around(Lane lane) {
          return lane.kind().equals("post") && !lane.equals(ALL_POSTS)
              ? Optional.of(ALL_POSTS)
              : Optional.empty();
        }
      };

  private Instant now = START;
  private final Pace pace = new Pace(RATES, Pacing.ON, () -> now);

  /** Somebody who comes when told to, and how it went. */
  private record Caller(String who, Instant at, Lane lane, boolean first) {}

  private final PriorityQueue<Caller> coming =
      new PriorityQueue<>((a, b) -> a.at().compareTo(b.at()));
  private final Map<String, Instant> served = new HashMap<>();
  private int asked;

  private void come(String who, Lane lane, boolean first) {
    coming.add(new Caller(who, now, lane, first));
  }

  /** Lets everybody come until they are served, each a little late as workers are. */
  private void play(Pace pace, Random lateness) {
    while (!coming.isEmpty()) {
      Caller next = coming.poll();
      now = next.at();
      asked++;
      Optional<Duration> wait = pace.book(next.lane(), next.who(), next.first());
      if (wait.isPresent()) {
        Duration late = Duration.ofMillis(lateness.nextInt(1000));
        Instant again = now.plus(wait.get()).plus(late);
        coming.add(new Caller(next.who(), again, next.lane(), next.first()));
      } else {
        served.put(next.who(), now);
      }
    }
  }

  /** The most that were served in any such time. */
  private long busiest(Duration in) {
    List<Instant> times = served.values().stream().sorted().toList();
    return times.stream()
        .mapToLong(
            from ->
                times.stream()
                    .filter(at -> !at.isBefore(from) && at.isBefore(from.plus(in)))
                    .count())
        .max()
        .orElse(0);
  }

  /** The most that were served in any minute. */
  private long busiest(String prefix) {
    List<Instant> times =
        served.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    return times.stream()
        .mapToLong(
            from ->
                times.stream()
                    .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60)))
                    .count())
        .max()
        .orElse(0);
  }

  @Test
  void noMinuteSeesMoreThanTheRateAndHardlyLess() {
    for (int i = 0; i < 300; i++) {
      come("card-" + i, POSTS, true);
    }
    play(pace, new Random(1));

    assertThat(served).hasSize(300);
    assertThat(busiest("card")).isLessThanOrEqualTo(60).isGreaterThan(50);
    assertThat(Duration.between(START, now)).isLessThan(Duration.ofMinutes(7));
    assertThat(asked).as("each comes hardly more than twice").isLessThan(750);
  }

  @Test
  void aShortBurstGoesAtOnceAndTheNextOneAfterAPauseToo() {
    for (int burst = 0; burst < 2; burst++) {
      for (int i = 0; i < 6; i++) {
        assertThat(pace.book(POSTS, burst + "/" + i, true)).isEmpty();
      }
      assertThat(pace.book(POSTS, "last", true)).isPresent();
      now = now.plusSeconds(5);
      assertThat(pace.book(POSTS, "last", true)).isEmpty();
      now = now.plusSeconds(8);
    }
  }

  @Test
  void whoNeverComesBackHoldsUpNobodyBehind() {
    for (int i = 0; i < 10; i++) {
      var _ = pace.book(POSTS, "card-" + i, true);
    }
    now = now.plusSeconds(10); // four were told to come, and their cards are gone

    assertThat(pace.book(POSTS, "new", true)).isEmpty();
    assertThat(pace.book(POSTS, "newer", true)).isEmpty();
    assertThat(pace.book(POSTS, "newest", true).orElseThrow())
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
  }

  @Test
  void whoComesEarlyKeepsItsPlace() {
    for (int i = 0; i < 20; i++) {
      var _ = pace.book(POSTS, "card-" + i, true);
    }
    Duration told = pace.book(POSTS, "card-12", true).orElseThrow();
    now = now.plusSeconds(3);

    assertThat(pace.book(POSTS, "card-12", true)).contains(told.minusSeconds(3));
    assertThat(pace.book(POSTS, "late", true).orElseThrow()).isGreaterThan(told);
  }

  @Test
  void whatEndsGoesBeforeWhatOnlyTellsMore() {
    for (int i = 0; i < 100; i++) {
      come("cosmetic-" + i, UPDATES, false);
    }
    for (int i = 0; i < 20; i++) {
      come("ends-" + i, UPDATES, true);
    }
    play(pace, new Random(2));

    Instant lastEnds =
        served.entrySet().stream()
            .filter(e -> e.getKey().startsWith("ends"))
            .map(Map.Entry::getValue)
            .max(Instant::compareTo)
            .orElseThrow();
    long before =
        served.entrySet().stream()
            .filter(e -> e.getKey().startsWith("cosmetic") && e.getValue().isBefore(lastEnds))
            .count();
    assertThat(before).isLessThan(12);
    assertThat(busiest("")).isLessThanOrEqualTo(50);
    assertThat(served).hasSize(120);
  }

  @Test
  void aPlaceAmongTheOthersIsGivenUpForOneInFront() {
    for (int i = 0; i < 50; i++) {
      var _ = pace.book(UPDATES, "cosmetic-" + i, false);
    }
    assertThat(pace.book(UPDATES, "cosmetic-40", true)).as("decided meanwhile").isEmpty();
  }

  @Test
  void methodsAndChannelsDoNotWaitForEachOther() {
    for (int i = 0; i < 50; i++) {
      var _ = pace.book(POSTS, "card-" + i, true);
    }

    assertThat(pace.book(new Lane("post", "leads"), "x", true)).isEmpty();
    assertThat(pace.book(UPDATES, "x", true)).isEmpty();
    assertThat(pace.until(new Lane("view", ""))).isEmpty();
  }

  @Test
  void manyChannelsTogetherStayBelowWhatAWorkspaceTakes() {
    for (int i = 0; i < 1000; i++) {
      come("card-" + i, new Lane("post", "place " + i % 20), true);
    }
    play(pace, new Random(3));

    assertThat(served).hasSize(1000);
    assertThat(busiest("")).isLessThanOrEqualTo(300).isGreaterThan(200);
  }

  @Test
  void aCallThatSomebodyWaitsForIsCountedAndNotHeldUp() {
    Lane groups = new Lane("group", "");
    for (int i = 0; i < 30; i++) {
      pace.spend(groups);
    }

    assertThat(pace.until(groups)).as("nobody waits for this one").isPresent();
    now = now.plus(Duration.ofMinutes(3));
    assertThat(pace.until(groups)).isEmpty();
  }

  @Test
  void P16_noLineIsLongerThanTenMinutesAndItEnds() {
    for (int i = 0; i < 5000; i++) {
      Optional<Duration> wait = pace.book(POSTS, "card-" + i, true);
      wait.ifPresent(it -> assertThat(it).isLessThanOrEqualTo(Line.LONGEST));
    }
    now = now.plus(Duration.ofMinutes(12)); // none of them came
    assertThat(pace.book(POSTS, "new", true)).isEmpty();
  }

  @Test
  void aClockThatIsPutBackHoldsNobodyUpForLong() {
    now = START.plus(Duration.ofDays(1));
    for (int i = 0; i < 100; i++) {
      var _ = pace.book(POSTS, "card-" + i, true);
    }
    now = START;

    assertThat(pace.book(POSTS, "new", true).orElse(Duration.ZERO))
        .isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void replicasThatShareTheRatesStayBelowThemTogether() {
    List<Pace> replicas = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      replicas.add(new Pace(RATES, Pacing.parse("1/3").orElseThrow(), () -> now));
    }
    for (Pace replica : replicas) {
      now = START;
      for (int i = 0; i < 60; i++) {
        come(replicas.indexOf(replica) + "/" + i, POSTS, true);
      }
      play(replica, new Random(4));
    }

    assertThat(busiest("")).isLessThanOrEqualTo(60).isGreaterThan(45);
  }

  @Test
  void ratesOfSeveralTimesHoldAtOnce() {
    Rates teams = _ -> List.of(new Rate(8, Duration.ofSeconds(2), 6), new Rate(180, MINUTE, 90));
    Pace both = new Pace(teams, Pacing.ON, () -> now);
    for (int i = 0; i < 400; i++) {
      come("card-" + i, POSTS, true);
    }
    play(both, new Random(5));

    assertThat(served).hasSize(400);
    assertThat(busiest(Duration.ofSeconds(1))).isLessThanOrEqualTo(7);
    assertThat(busiest(Duration.ofSeconds(2))).isLessThanOrEqualTo(8);
    assertThat(busiest(MINUTE)).isLessThanOrEqualTo(180);
  }

  @Test
  void replicasThatShareAFewCallsStayBelowThemTogether() {
    Rate part = new Rate(8, Duration.ofSeconds(2), 6).sharedBy(3);

    assertThat(3 * part.most()).isLessThanOrEqualTo(8);
    Rate small = new Rate(8, Duration.ofSeconds(2), 6).sharedBy(16);
    assertThat(small).isEqualTo(new Rate(2, Duration.ofSeconds(8), 1));
  }

  @Test
  void offHoldsNothingUp() {
    Pace off = new Pace(RATES, Pacing.OFF, () -> now);
    for (int i = 0; i < 1000; i++) {
      assertThat(off.book(POSTS, "card-" + i, false)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"on, 1", "off, 0", "1/1, 1", "1/3, 3", "1/50, 50"})
  void aSettingIsReadAsItIsMeant(String text, int replicas) {
    assertThat(Pacing.parse(text)).contains(new Pacing(replicas));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ON", "1/0", "1/51", "2/3", "1/", "1/003", "-1/3", "3"})
  void aSettingThatIsNoneIsNone(String text) {
    assertThat(Pacing.parse(text)).isEmpty();
  }
}
