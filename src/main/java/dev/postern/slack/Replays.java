package dev.postern.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Signatures of requests that were taken, for as long as they would be believed again. Each Postern
 * remembers its own: with replicas, what must not happen twice is also kept by the inbox.
 */
final class Replays {
  /** A signature that is five minutes ahead is good for ten minutes more. */
  private static final Duration WINDOW = RequestCheck.TOLERANCE.multipliedBy(2);

  /** Eighty requests a second for ten minutes; some ten megabytes. */
  static final int MOST = 50_000;

  private final InstantSource clock;
  private final Set<String> seen = new HashSet<>();
  private final Deque<Taken> inOrder = new ArrayDeque<>();

  private record Taken(String signature, Instant at) {}

  /** What is to be done with a request. */
  enum Verdict {
    FIRST,
    AGAIN,
    /** Nobody could remember it. */
    TOO_MANY
  }

  Replays(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes a signature down that was found right. */
  synchronized Verdict take(String signature) {
    Instant now = clock.instant();
    Instant oldest = now.minus(WINDOW);
    while (!inOrder.isEmpty() && inOrder.getFirst().at().isBefore(oldest)) {
      seen.remove(inOrder.removeFirst().signature());
    }
    if (seen.contains(signature)) {
      return Verdict.AGAIN;
    }
    if (inOrder.size() >= MOST) {
      return Verdict.TOO_MANY;
    }
    seen.add(signature);
    inOrder.addLast(new Taken(signature, now));
    return Verdict.FIRST;
  }

  /** Nothing came of a request: the same may come again. */
  synchronized void forget(String signature) {
    if (seen.remove(signature)) {
      inOrder.removeIf(taken -> taken.signature().equals(signature));
    }
  }
}
