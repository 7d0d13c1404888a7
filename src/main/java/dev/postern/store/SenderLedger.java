package dev.postern.store;

import dev.postern.approval.Sender;
import dev.postern.approval.SenderBook;
import dev.postern.approval.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of senders. Mail of which no row is left is counted in memory and written once a
 * second and at the end, so that no message waits for it; a crash loses that second. While the
 * store is away so many senders are remembered and no more.
 */
public final class SenderLedger implements SenderBook, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SenderLedger.class);
  private static final int ROWS_AT_ONCE = 500;
  private static final int MOST_TRIES = 10;

  /** About 6 MB. */
  static final int MOST_ROWS = 20_000;

  private final Jdbi jdbi;
  private final Duration kept;
  private final SenderCounts pending = new SenderCounts();
  private final ReentrantLock noting = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("senders").factory());
  private long lost;

  SenderLedger(Jdbi jdbi, Duration kept) {
    this.jdbi = jdbi;
    this.kept = kept;
  }

  /** Begins to write once a second. */
  public void start() {
    var _ = beat.scheduleWithFixedDelay(this::writeOrTell, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public Before before(Sender sender, Instant at) {
    return jdbi.withHandle(handle -> new SenderRows(handle).before(sender, at, kept));
  }

  @Override
  public void note(Sighting sighting) {
    noting.lock();
    try {
      if (pending.hasRoomFor(sighting, MOST_ROWS)) {
        pending.add(sighting);
      } else {
        lost++;
      }
    } finally {
      noting.unlock();
    }
  }

  private void writeOrTell() {
    try {
      write();
    } catch (RuntimeException e) {
      LOG.warn("senders could not be counted; it is tried again: {}", e.getMessage());
    }
  }

  /** Writes what was noted; what cannot be written stays noted. */
  void write() {
    writing.lock();
    try {
      List<Map.Entry<SenderCounts.Key, SenderCounts.Count>> rows = take();
      int done = 0;
      try {
        while (done < rows.size()) {
          int end = Math.min(rows.size(), done + ROWS_AT_ONCE);
          var part = rows.subList(done, end);
          write(part);
          done = end;
        }
      } finally {
        putBack(rows.subList(done, rows.size()));
      }
    } finally {
      writing.unlock();
    }
  }

  private void write(List<Map.Entry<SenderCounts.Key, SenderCounts.Count>> part) {
    Commits.again(
        MOST_TRIES,
        () ->
            jdbi.inTransaction(
                handle -> {
                  new SenderRows(handle).write(part);
                  return part.size();
                }));
  }

  private List<Map.Entry<SenderCounts.Key, SenderCounts.Count>> take() {
    noting.lock();
    try {
      if (lost > 0) {
        LOG.warn("{} messages were not counted for their senders: too many senders at once", lost);
        lost = 0;
      }
      var rows = pending.sorted();
      pending.clear();
      return rows;
    } finally {
      noting.unlock();
    }
  }

  /** Those of one failed write may come on top of what is noted: twice as many at most. */
  private void putBack(List<Map.Entry<SenderCounts.Key, SenderCounts.Count>> rows) {
    noting.lock();
    try {
      rows.forEach(pending::put);
    } finally {
      noting.unlock();
    }
  }

  /** How many rows wait to be written. */
  int waiting() {
    noting.lock();
    try {
      return pending.size();
    } finally {
      noting.unlock();
    }
  }

  @Override
  public void close() {
    beat.shutdown();
    writeOrTell();
  }
}
