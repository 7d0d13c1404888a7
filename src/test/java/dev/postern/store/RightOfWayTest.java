package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RightOfWayTest {
  private final List<String> order = new CopyOnWriteArrayList<>();

  @Test
  void workWaitsForAnAcknowledgementThatIsUnderWay() throws Exception {
    RightOfWay way = new RightOfWay(Duration.ofMillis(1), Integer.MAX_VALUE);
    CountDownLatch coming = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> work =
          way.first(
              () -> {
                Future<?> piece =
                    threads.submit(
                        () -> {
                          coming.countDown();
                          return way.afterwards(() -> order.add("work"));
                        });
                awaited(coming);
                order.add("acknowledged");
                return piece;
              });
      work.get();
    }

    assertThat(order).containsExactly("acknowledged", "work");
  }

  @Test
  void P16_aRushThatDoesNotEndSlowsWorkDownAndStopsNone() {
    RightOfWay way = new RightOfWay(Duration.ofMillis(1), 2);

    way.first(
        () -> {
          sideBySide(way, new CountDownLatch(0));
          return "";
        });

    assertThat(order).hasSize(8);
  }

  @Test
  void P16_aPieceThatHangsHoldsUpNobodyInARush() {
    RightOfWay way = new RightOfWay(Duration.ofMillis(1), 2);

    way.first(
        () -> {
          sideBySide(way, new CountDownLatch(8));
          return "";
        });

    assertThat(order).hasSize(8);
  }

  @Test
  void withoutARushWorkIsDoneSideBySide() {
    // With this pace a piece that waited once would wait for good.
    RightOfWay way = new RightOfWay(Duration.ofDays(1), 1);

    sideBySide(way, new CountDownLatch(8));

    assertThat(order).hasSize(8);
  }

  /** Eight pieces, each of which ends when all that the latch counts have begun. */
  private void sideBySide(RightOfWay way, CountDownLatch begun) {
    List<Future<Boolean>> pieces;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      pieces =
          IntStream.range(0, 8)
              .mapToObj(
                  n ->
                      threads.submit(
                          () ->
                              way.afterwards(
                                  () -> {
                                    begun.countDown();
                                    return awaited(begun) && order.add("work " + n);
                                  })))
              .toList();
    }
    assertThat(pieces).allMatch(piece -> piece.state() == Future.State.SUCCESS);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
