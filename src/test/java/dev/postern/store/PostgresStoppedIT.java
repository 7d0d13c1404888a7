package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseId;
import dev.postern.approval.People;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A replica that stops in the middle of a transaction, for good or for a while. */
final class PostgresStoppedIT {
  private static final Duration TAKE_OVER = Duration.ofSeconds(10);

  private final Store.Access access = Databases.postgres();

  private World world() {
    return new World(access, new People().and("kim"), Dnses.NOTHING);
  }

  @Test
  void P12_aReplicaThatStopsInATransactionDoesNotKeepItsCaseFromTheOthers() throws Exception {
    try (World stopped = world();
        World other = world();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      CaseId id = other.held("m1");
      CountDownLatch locked = new CountDownLatch(1);
      CountDownLatch wakes = new CountDownLatch(1);
      Future<?> zombie =
          thread.submit(
              () ->
                  stopped.records.change(
                      id,
                      (tx, _) -> {
                        tx.log("postern", "zombie.began", "");
                        locked.countDown();
                        await(wakes);
                        tx.log("postern", "zombie.went-on", "");
                        return 1;
                      }));
      locked.await();

      long begin = System.nanoTime();
      other.records.change(
          id,
          (tx, _) -> {
            tx.log("postern", "other.acted", "");
            return 1;
          });
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      wakes.countDown();

      System.out.printf(
          "a case locked by a stopped replica was free after %d ms%n", took.toMillis());
      assertThat(took).isLessThan(TAKE_OVER);
      assertThatThrownBy(zombie::get).isInstanceOf(ExecutionException.class);
      assertThat(other.records.history(id))
          .extracting(line -> line.what())
          .contains("other.acted")
          .doesNotContain("zombie.began", "zombie.went-on");
      assertThat(stopped.records.find(id)).as("its next transaction works").isPresent();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
