package dev.postern.evidence;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on one message that runs at once, each on its own virtual thread, and ends with it. */
public final class Branches implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Branches.class);

  /**
   * Work stops by itself at the deadline; who does not is interrupted this much later, and left
   * behind after as long again.
   */
  static final Duration GRACE = Duration.ofMillis(500);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deadline end;

  /** Work that must have ended by then. */
  public Branches(Deadline by) {
    this.end = new Deadline(by.nanoTime() + GRACE.toNanos());
  }

  /** Starts work; {@code fallback} is its result if it does not end in time or fails. */
  public <T> Branch<T> start(Callable<T> work, T fallback) {
    return new Branch<>(threads.submit(work), fallback, end);
  }

  /** Interrupts what has not ended, and waits a moment for it. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("A resolver ignores its deadline and interrupts; its thread is left behind");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One piece of work. */
  public record Branch<T>(Future<T> result, T fallback, Deadline end) {

    /** Its result, once it is there. */
    public T join() {
      try {
        return result.get(end.left().toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return fallback;
      } catch (TimeoutException tooLate) {
        return fallback;
      } catch (ExecutionException defect) {
        LOG.error("Part of an evaluation failed; its result is temperror", defect.getCause());
        return fallback;
      }
    }
  }
}
