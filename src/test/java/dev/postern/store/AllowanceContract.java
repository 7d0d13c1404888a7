package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Allowance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much rules may still do by themselves, on any store. */
abstract class AllowanceContract extends OnAWorld {
  private Allowance allowance() {
    return world.store().allowance();
  }

  @Test
  void eachRuleHasItsOwnAllowanceInEachHour() {
    assertThat(takes("fair", 2, 3)).containsExactly(true, true, false);
    assertThat(takes("other", 1, 2)).containsExactly(true, false);
    world.now = world.now.plus(Duration.ofHours(1));
    assertThat(takes("fair", 2, 1)).containsExactly(true);
    assertThat(takes("fair", 1, 1))
        .as("a limit that was lowered counts at once")
        .containsExactly(false);
  }

  @Test
  void P4_racersTakeNoMoreThanThereIs() throws Exception {
    Callable<Boolean> racer = () -> allowance().take("fair", 7, world.now);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> racers =
          threads.invokeAll(Stream.generate(() -> racer).limit(60).toList());
      int won = 0;
      for (Future<Boolean> each : racers) {
        won += each.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(7);
    }
  }

  private List<Boolean> takes(String rule, int limit, int times) {
    return Stream.generate(() -> allowance().take(rule, limit, world.now)).limit(times).toList();
  }
}
