package dev.postern.teams.wire;

import java.time.Duration;

/** Until when somebody waits, by a clock that nobody sets. */
record Deadline(long nanos) {

  static Deadline in(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  /** How long that is from now; zero or less when it is over. */
  Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }
}
