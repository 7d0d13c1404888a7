package dev.postern.slack;

import com.slack.api.methods.MethodsRateLimitTier;
import com.slack.api.methods.MethodsRateLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps calls below the rates that Slack publishes (docs.slack.dev, "Rate limits"), method by
 * method, and {@code chat.postMessage} channel by channel. Nobody is held up here: who has to wait
 * is told how long, and comes again. Known to this process only. Safe for many threads.
 */
final class Pace {
  /** Beside the rate of each channel there is one of the workspace, "several hundred" a minute. */
  private static final int POSTS_TO_ALL_CHANNELS = 300;

  /** From so many on, lanes that nobody uses are dropped. */
  private static final int MANY_LANES = 200;

  private final Pacing pacing;
  private final InstantSource clock;
  private final Map<Lane, Traffic> lanes = new HashMap<>();
  private final Bucket posts;

  Pace(Pacing pacing, InstantSource clock) {
    this.pacing = pacing;
    this.clock = clock;
    this.posts = new Bucket(share(POSTS_TO_ALL_CHANNELS));
  }

  InstantSource clock() {
    return clock;
  }

  /**
   * What Slack counts together.
   *
   * @param method as Slack writes it
   * @param channel empty where all channels count together
   */
  record Lane(String method, String channel) {
    private static final String POST = "chat.postMessage";

    /** Messages into one channel, or to one person. */
    static Lane posts(String channel) {
      return new Lane(POST, channel);
    }

    static Lane of(String method) {
      return new Lane(method, "");
    }

    boolean isPosts() {
      return method.equals(POST);
    }
  }

  /** One lane: its tokens, and those who wait for them. */
  private record Traffic(Bucket bucket, Line first, Line later) {
    boolean idle(Instant now) {
      return bucket.isFull(now) && first.size(now) + later.size(now) == 0;
    }
  }

  /**
   * Takes a token for one call, or a place in the line.
   *
   * @param who keeps its place when it comes again
   * @param first goes before those who are not
   * @return how long to wait; empty for whoever may call now
   */
  synchronized Optional<Duration> book(Lane lane, String who, boolean first) {
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
    Bucket bucket = traffic.bucket();
    int ahead = told.isPresent() ? 0 : line.size(now);
    if (until(lane, bucket, first, ahead, now).isZero()) {
      line.leave(who);
      spend(lane, bucket, now);
      return Optional.empty();
    }
    Duration soonest = until(lane, bucket, first, 0, now);
    return Optional.of(line.join(who, now, soonest, bucket.refill()));
  }

  /** Counts a call that somebody waits for, who is not held up. */
  synchronized void spend(Lane lane) {
    if (!pacing.off()) {
      Instant now = clock.instant();
      spend(lane, traffic(lane, now).bucket(), now);
    }
  }

  /** How long a call that nobody waits for should wait; empty for now. Takes no token. */
  synchronized Optional<Duration> until(Lane lane) {
    if (pacing.off()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return Optional.of(until(lane, traffic(lane, now).bucket(), false, 0, now))
        .filter(Duration::isPositive);
  }

  /**
   * Until there is a token.
   *
   * @param ahead how many have a better right to one
   */
  private Duration until(Lane lane, Bucket bucket, boolean first, int ahead, Instant now) {
    Duration wait = bucket.until(ahead + (first ? 0 : bucket.reserve()), now);
    Duration all = lane.isPosts() ? posts.until(first ? 0 : posts.reserve(), now) : Duration.ZERO;
    return wait.compareTo(all) < 0 ? all : wait;
  }

  private void spend(Lane lane, Bucket bucket, Instant now) {
    bucket.spend(now);
    if (lane.isPosts()) {
      posts.spend(now);
    }
  }

  private Traffic traffic(Lane lane, Instant now) {
    Traffic known = lanes.get(lane);
    if (known != null) {
      return known;
    }
    if (lanes.size() >= MANY_LANES) {
      lanes.values().removeIf(it -> it.idle(now));
    }
    Traffic begun = new Traffic(new Bucket(share(perMinute(lane))), new Line(), new Line());
    lanes.put(lane, begun);
    return begun;
  }

  /** From Slack's own library, which keeps the tiers of its reference as a table. */
  private static int perMinute(Lane lane) {
    return MethodsRateLimitTier.getAllowedRequestsPerMinute(
        MethodsRateLimits.lookupRateLimitTier(lane.method()));
  }

  private int share(int perMinute) {
    return Math.max(1, perMinute / Math.max(1, pacing.replicas()));
  }
}
