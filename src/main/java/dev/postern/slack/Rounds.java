package dev.postern.slack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, round after round, at what others may change in Slack. Nobody waits for these looks, so
 * they leave Slack's rates to the calls that somebody waits for.
 */
final class Rounds {
  /** From the end of one round to the next. */
  static final Duration PAUSE = Duration.ofMinutes(2);

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final List<Look> looks;
  private final BiConsumer<Runnable, Duration> later;
  private final Deque<Look> left = new ArrayDeque<>();

  /** One thing to look at. */
  interface Look {
    /** Looks; returns how long to wait before it can go on, empty when it has seen all. */
    Optional<Duration> take();
  }

  /**
   * Looks at nothing yet.
   *
   * @param later runs something after a time, and never two things at once
   */
  Rounds(List<Look> looks, BiConsumer<Runnable, Duration> later) {
    this.looks = List.copyOf(looks);
    this.later = later;
  }

  /** Goes on with the round, or begins the next. */
  void goOn() {
    if (left.isEmpty()) {
      left.addAll(looks);
    }
    Optional<Duration> wait = Optional.empty();
    while (!left.isEmpty() && wait.isEmpty()) {
      wait = guarded(left.getFirst());
      if (wait.isEmpty()) {
        left.removeFirst();
      }
    }
    later.accept(this::goOn, wait.orElse(PAUSE));
  }

  private static Optional<Duration> guarded(Look look) {
    try {
      return look.take();
    } catch (RuntimeException ours) {
      log.error("A look at Slack failed", ours);
      return Optional.empty();
    }
  }
}
