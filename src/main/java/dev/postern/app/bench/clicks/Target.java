package dev.postern.app.bench.clicks;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Where Postern can be reached now; it moves when Postern is started again. */
final class Target {
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private volatile int port;

  Target(int port) {
    this.port = port;
  }

  void moves(int to) {
    port = to;
  }

  /** A connection, as soon as Postern takes one. */
  Line dial() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return new Line(port);
      } catch (ConnectException down) {
        if (System.nanoTime() > end) {
          throw down;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
