package dev.postern.card.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Those who wait for a token, each told a time of its own, so that they do not all come back at
 * once. A place is no token: who comes in time takes one like everybody. Not safe for many threads.
 */
final class Line {
  /** Nobody is told a longer wait; who comes then finds a shorter line, or is told once more. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** Who has not come so long after the time will not come any more. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  /** In the order of their times. */
  private final Map<String, Instant> places = new LinkedHashMap<>();

  private Instant end = Instant.MIN;

  /** The time that somebody was told; empty for those who do not wait. */
  Optional<Instant> of(String who, Instant now) {
    forget(now);
    return Optional.ofNullable(places.get(who));
  }

  int size(Instant now) {
    forget(now);
    return places.size();
  }

  void leave(String who) {
    places.remove(who);
  }

  /**
   * Goes to the end of the line.
   *
   * @param soonest when there is a token if nobody else comes
   * @param apart how long after each other they come
   * @return how long to wait
   */
  Duration join(String who, Instant now, Duration soonest, Duration apart) {
    places.remove(who);
    Instant at = now.plus(soonest.isZero() ? apart : soonest);
    if (!places.isEmpty() && end.plus(apart).isAfter(at)) {
      at = end.plus(apart);
    }
    if (at.isAfter(now.plus(LONGEST))) {
      return LONGEST;
    }
    places.put(who, at);
    end = at;
    return Duration.between(now, at);
  }

  private void forget(Instant now) {
    Iterator<Instant> times = places.values().iterator();
    while (times.hasNext() && isOver(times.next(), now)) {
      times.remove();
    }
  }

  /** A time that nobody was told yet comes from a clock that was put back since. */
  private static boolean isOver(Instant at, Instant now) {
    return at.isBefore(now.minus(GRACE)) || at.isAfter(now.plus(LONGEST));
  }
}
