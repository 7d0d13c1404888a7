package dev.postern.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that stop at the same time, since each may wait for its clients for some seconds. */
final class Together implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Together.class);

  private final List<AutoCloseable> parts = new ArrayList<>();

  /** Adds one; called by the thread that starts everything. */
  void add(AutoCloseable part) {
    parts.add(part);
  }

  @Override
  public void close() {
    try (ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor()) {
      parts.forEach(part -> stopping.execute(() -> closed(part)));
    }
  }

  private static void closed(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("a part did not stop cleanly", e);
    }
  }
}
