package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RightOfWayTest {
  private final RightOfWay way = new RightOfWay();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void inARushWorkGoesInSingleFile() throws Exception {
    way.first(
        () -> {
          work(8, () -> "");
          return "";
        });

    assertThat(most).hasValue(1);
  }

  @Test
  void otherwiseWorkIsDoneSideBySide() {
    CountDownLatch all = new CountDownLatch(8);

    work(
        8,
        () -> {
          all.countDown();
          awaited(all);
          return "";
        });

    assertThat(most).hasValue(8);
  }

  @Test
  void P16_aPieceThatHangsHoldsUpNobodyForLong() {
    CountDownLatch both = new CountDownLatch(2);

    way.first(
        () -> {
          work(
              2,
              () -> {
                both.countDown();
                awaited(both);
                return "";
              });
          return "";
        });

    assertThat(most).hasValue(2);
  }

  private void work(int pieces, Supplier<String> what) {
    List<Future<String>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < pieces; i++) {
        done.add(threads.submit(() -> way.afterwards(() -> counted(what))));
      }
    }
    assertThat(done).allMatch(one -> one.state() == Future.State.SUCCESS);
  }

  private String counted(Supplier<String> what) {
    most.accumulateAndGet(working.incrementAndGet(), Math::max);
    try {
      return what.get();
    } finally {
      working.decrementAndGet();
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
