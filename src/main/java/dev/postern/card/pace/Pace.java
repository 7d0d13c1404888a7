package dev.postern.card.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps calls below the rates that a platform publishes, lane by lane. Nobody is held up here: who
 * has to wait is told how long, and comes again. Known to this process only. Safe for many threads.
 */
public final class Pace {
  /** From so many on, lanes that nobody uses are dropped. */
  private static final int MANY_LANES = 200;

  private final Rates rates;
  private final Pacing pacing;
  private final InstantSource clock;
  private final Map<Lane, Traffic> lanes = new HashMap<>();

  /**
   * Takes its parts.
   *
   * @param rates what the platform publishes
   * @param pacing how much of that is ours
   */
  public Pace(Rates rates, Pacing pacing, InstantSource clock) {
    this.rates = rates;
    this.pacing = pacing;
    this.clock = clock;
  }

  /** The time by which calls are counted. */
  public InstantSource clock() {
    return clock;
  }

  /** One lane: its tokens of each rate, and those who wait for them. */
  private record Traffic(List<Bucket> buckets, Line first, Line later) {
    boolean idle(Instant now) {
      return buckets.stream().allMatch(it -> it.isFull(now))
          && first.size(now) + later.size(now) == 0;
    }

    /**
     * Until there is a token of each rate.
     *
     * @param ahead how many have a better right to one
     */
    Duration until(boolean first, int ahead, Instant now) {
      Duration longest = Duration.ZERO;
      for (Bucket bucket : buckets) {
        longest = longer(longest, bucket.until(ahead + (first ? 0 : bucket.reserve()), now));
      }
      return longest;
    }

    /** How far apart those come who wait. */
    Duration apart(Instant now) {
      // What is not short of tokens does not slow anybody down.
      return buckets.stream()
          .filter(it -> !it.until(it.reserve(), now).isZero())
          .map(Bucket::refill)
          .reduce(buckets.getFirst().refill(), Traffic::longer);
    }

    static Duration longer(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? other : one;
    }
  }

  /**
   * Takes a token for one call, or a place in the line.
   *
   * @param who keeps its place when it comes again
   * @param first goes before those who are not
   * @return how long to wait; empty for whoever may call now
   */
  public synchronized Optional<Duration> book(Lane lane, String who, boolean first) {
    if (pacing.off()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Traffic traffic = traffic(lane, now);
    Line line = first ? traffic.first() : traffic.later();
    (first ? traffic.later() : traffic.first()).leave(who);
    Optional<Instant> told = line.of(who, now);
    if (told.filter(now::isBefore).isPresent()) {
      return told.map(at -> Duration.between(now, at));
    }
    int ahead = told.isPresent() ? 0 : line.size(now);
    if (until(lane, first, ahead, now).isZero()) {
      line.leave(who);
      spend(lane, now);
      return Optional.empty();
    }
    Duration soonest = until(lane, first, 0, now);
    return Optional.of(line.join(who, now, soonest, traffic.apart(now)));
  }

  /** Counts a call that somebody waits for, who is not held up. */
  public synchronized void spend(Lane lane) {
    if (!pacing.off()) {
      spend(lane, clock.instant());
    }
  }

  /** How long a call that nobody waits for should wait; empty for now. Takes no token. */
  public synchronized Optional<Duration> until(Lane lane) {
    return pacing.off()
        ? Optional.empty()
        : Optional.of(until(lane, false, 0, clock.instant())).filter(Duration::isPositive);
  }

  /** Nobody in another lane is ahead of anybody in this one. */
  private Duration until(Lane lane, boolean first, int ahead, Instant now) {
    Duration wait = traffic(lane, now).until(first, ahead, now);
    return rates
        .around(lane)
        .map(wide -> Traffic.longer(wait, traffic(wide, now).until(first, 0, now)))
        .orElse(wait);
  }

  private void spend(Lane lane, Instant now) {
    traffic(lane, now).buckets().forEach(it -> it.spend(now));
    rates.around(lane).ifPresent(wide -> traffic(wide, now).buckets().forEach(it -> it.spend(now)));
  }

  private Traffic traffic(Lane lane, Instant now) {
    Traffic known = lanes.get(lane);
    if (known != null) {
      return known;
    }
    if (lanes.size() >= MANY_LANES) {
      lanes.values().removeIf(it -> it.idle(now));
    }
    List<Bucket> buckets =
        rates.of(lane).stream().map(it -> new Bucket(it.sharedBy(pacing.replicas()))).toList();
    Traffic begun = new Traffic(buckets, new Line(), new Line());
    lanes.put(lane, begun);
    return begun;
  }
}
