package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.pace.Lane;
import dev.postern.card.pace.Pace;
import dev.postern.card.pace.Pacing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Lane GROUPS = SlackRates.method("usergroups.users.list");

  private record Later(Runnable what, Duration after) {}

  private Instant now = Instant.parse("2026-11-24T07:00:00Z");
  private final Deque<Later> later = new ArrayDeque<>();
  private final List<String> seen = new ArrayList<>();

  private Rounds rounds(List<Rounds.Look> looks) {
    return new Rounds(looks, (what, wait) -> later.add(new Later(what, wait)));
  }

  private Duration goOn() {
    Later next = later.removeFirst();
    now = now.plus(next.after());
    next.what().run();
    return next.after();
  }

  private Rounds.Look look(String name) {
    return () -> {
      seen.add(name);
      return Optional.empty();
    };
  }

  @Test
  void everythingIsLookedAtInEachRound() {
    rounds(List.of(look("a"), look("b"))).goOn();
    assertThat(goOn()).isEqualTo(Rounds.PAUSE);

    assertThat(seen).containsExactly("a", "b", "a", "b");
  }

  @Test
  void oneLookThatFailsDoesNotEndTheRounds() {
    Rounds.Look broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    rounds(List.of(broken, look("b"))).goOn();
    goOn();

    assertThat(seen).containsExactly("b", "b");
  }

  @Test
  void manyGroupsAreReadByTheRateOfTheirMethodAndPeopleWhoWaitGoFirst() {
    StrictRates rates = new StrictRates(() -> now);
    Pace pace = new Pace(new SlackRates(), Pacing.ON, () -> now);
    List<Rounds.Look> looks =
        IntStream.range(0, 60).mapToObj(i -> look(pace, rates, "group-" + i)).toList();
    Rounds rounds = rounds(looks);

    rounds.goOn();
    for (int step = 0; seen.size() < 60 && step < 500; step++) {
      goOn();
      if (step % 20 == 0) {
        pace.spend(GROUPS); // somebody presses a button
        assertThat(rates.exceeded(GROUPS.kind(), Map.of())).isFalse();
      }
    }
    assertThat(seen).hasSize(60).doesNotHaveDuplicates();
    assertThat(rates.refused).hasValue(0);
  }

  private Rounds.Look look(Pace pace, StrictRates rates, String name) {
    return () -> {
      Optional<Duration> wait = pace.until(GROUPS);
      if (wait.isEmpty()) {
        pace.spend(GROUPS);
        assertThat(rates.exceeded(GROUPS.kind(), Map.of())).isFalse();
        seen.add(name);
      }
      return wait;
    };
  }
}
