package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupSyncTest {

  @Test
  void whoReadsWhatIsNotYetOnTheDiskWaitsForIt() throws Exception {
    AtomicInteger syncs = new AtomicInteger();
    GroupSync disk = new GroupSync(syncs::incrementAndGet);
    CountDownLatch committed = new CountDownLatch(1);
    CountDownLatch settled = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Object> writer =
          threads.submit(
              () ->
                  disk.changing(
                      () -> {
                        committed.countDown();
                        awaited(settled);
                        disk.await();
                        return "";
                      }));
      committed.await();

      disk.settle();

      assertThat(syncs).hasValue(1);
      settled.countDown();
      writer.get();
    }
  }

  @Test
  void whereEverythingIsOnTheDiskNobodyWritesAgain() {
    AtomicInteger syncs = new AtomicInteger();
    GroupSync disk = new GroupSync(syncs::incrementAndGet);
    disk.changing(
        () -> {
          disk.await();
          return "";
        });

    disk.settle();

    assertThat(syncs).hasValue(1);
  }

  @Test
  void P9_aDiskThatFailsIsSaidToEachWhoWaits() {
    GroupSync disk =
        new GroupSync(
            () -> {
              throw new SQLException("no space left");
            });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(disk::await)
          .isInstanceOf(StoreTrouble.class)
          .hasMessageContaining("could not force");
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
