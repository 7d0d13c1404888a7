package dev.postern.app.bench.clicks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Kills Postern at random moments of a run, spread over all of it, and starts it again. */
final class Killer implements AutoCloseable {
  private static final long LONGEST_DELAY = Duration.ofMillis(60).toNanos();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Subject postern;
  private final Driver driver;
  private final ClickPlan plan;
  private final RandomGenerator random = RandomGeneratorFactory.getDefault().create(1);
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<Void> work;

  /** Begins to lie in wait. */
  Killer(Subject postern, Driver driver, ClickPlan plan) {
    this.postern = postern;
    this.driver = driver;
    this.plan = plan;
    this.work =
        thread.submit(
            () -> {
              kill();
              return null;
            });
  }

  private void kill() throws IOException, InterruptedException {
    double share = (double) plan.clicks() / plan.kills();
    for (int i = 0; i < plan.kills(); i++) {
      long after = (long) (share * (i + random.nextDouble()));
      Waiting.until(() -> driver.begun() > after, driver::begun, PATIENCE);
      LockSupport.parkNanos(random.nextLong(LONGEST_DELAY));
      postern.revive();
    }
  }

  /** Waits until the last kill is over. */
  void finish() throws IOException, InterruptedException {
    try {
      work.get();
    } catch (ExecutionException e) {
      throw new IOException("Postern did not come back: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
