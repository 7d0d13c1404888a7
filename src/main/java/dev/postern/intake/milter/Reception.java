package dev.postern.intake.milter;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections until the port is closed, whatever goes wrong meanwhile.
 *
 * @param port bound
 * @param taker of each connection; what it throws closes that connection only
 */
record Reception(ServerSocket port, Taker taker) implements Runnable {
  /** After a failure: a system without files to give fails again at once. */
  static final Duration PAUSE = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(Reception.class);

  /** Whoever a connection is for. */
  @FunctionalInterface
  interface Taker {
    /** Takes it, or closes it, at once. */
    void take(Socket socket) throws IOException;
  }

  @Override
  public void run() {
    while (!port.isClosed()) {
      try {
        take(port.accept());
      } catch (IOException | RuntimeException trouble) {
        if (!port.isClosed()) {
          log.warn("milter cannot accept event=milter.accept why={}", trouble.getMessage());
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private void take(Socket socket) throws IOException {
    try {
      taker.take(socket);
    } catch (IOException | RuntimeException trouble) {
      try (socket) {
        throw trouble;
      }
    }
  }
}
