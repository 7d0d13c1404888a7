package dev.postern.card;

import dev.postern.approval.Backoff;
import dev.postern.approval.CardPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a place alone that takes no cards: after a failure none of its cards is tried until the
 * pause is over, then one first. So the calls during a storm depend on its length and not on the
 * number of cards. Known to this process only: each replica finds out by one call.
 */
public final class Pauses {
  private static final Logger log = LoggerFactory.getLogger(Pauses.class);

  /** How long the others wait for the one that goes first. */
  private static final Duration TRIAL = Duration.ofSeconds(10);

  private final Backoff away;
  private final Backoff closed;
  private final ConcurrentMap<CardPlace, Pause> pauses = new ConcurrentHashMap<>();

  Pauses(RandomGenerator random) {
    away = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1), random);
    closed = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5), random);
  }

  /**
   * One place that takes no cards.
   *
   * @param since when the first call failed
   * @param at when the newest did
   * @param failures in a row, those of calls at the same time counted once
   */
  private record Pause(
      Instant since, Instant at, Instant until, int failures, String why, boolean closed) {
    Pause until(Instant later) {
      return new Pause(since, at, later, failures, why, closed);
    }
  }

  /** Whether nobody can post at a place until somebody mends something. */
  boolean closed(CardPlace place) {
    Pause pause = pauses.get(place);
    return pause != null && pause.closed();
  }

  /** How long a place is left alone; empty when somebody may call. Nobody goes by it. */
  public Optional<Duration> left(CardPlace place, Instant now) {
    return Optional.ofNullable(pauses.get(place))
        .map(pause -> Duration.between(now, pause.until()))
        .filter(Duration::isPositive);
  }

  /** How long to leave a place alone; empty for whoever may call now. */
  public Optional<Duration> enter(CardPlace place, Instant now) {
    Pause pause = pauses.get(place);
    if (pause == null) {
      return Optional.empty();
    }
    boolean over = !now.isBefore(pause.until());
    if (over && pauses.replace(place, pause, pause.until(now.plus(TRIAL)))) {
      return Optional.empty(); // this one goes first
    }
    return Optional.of(over ? TRIAL : Duration.between(now, pause.until()));
  }

  /** A call that began then came back fine. */
  public void fine(CardPlace place, Instant began) {
    Pause pause = pauses.get(place);
    if (pause != null && began.isAfter(pause.at()) && pauses.remove(place, pause)) {
      log.info(
          "surface.resumed surface={} channel={} after={}",
          place.surface(),
          place.channel(),
          Duration.between(pause.since(), began));
    }
  }

  /** A call that began then failed; returns how long the place is left alone. */
  public Duration trouble(CardPlace place, SurfaceTrouble trouble, Instant began, Instant now) {
    Pause before = pauses.get(place);
    Pause after = pauses.compute(place, (_, old) -> next(old, trouble, began, now));
    if (before == null || !before.why().equals(after.why())) {
      log.warn(
          "surface.paused surface={} channel={} again-in={} why={}",
          place.surface(),
          place.channel(),
          Duration.between(now, after.until()),
          after.why());
    }
    return Duration.between(now, after.until());
  }

  private Pause next(@Nullable Pause old, SurfaceTrouble trouble, Instant began, Instant now) {
    boolean mend = trouble.kind() == SurfaceTrouble.Kind.CLOSED;
    String why = String.valueOf(trouble.getMessage());
    boolean together = old != null && !began.isAfter(old.at());
    int failures = old == null ? 1 : old.failures() + (together ? 0 : 1);
    Backoff backoff = mend ? closed : away;
    Duration wait =
        trouble
            .asked()
            .map(asked -> backoff.after(failures, asked))
            .orElseGet(() -> backoff.after(failures));
    Instant until = now.plus(wait);
    if (old == null) {
      return new Pause(now, now, until, failures, why, mend);
    }
    Instant longer = together && old.until().isAfter(until) ? old.until() : until;
    return new Pause(old.since(), now, longer, failures, why, mend);
  }

  /** Which places take no cards, since when and why, in words; empty when all do. */
  Optional<String> trouble() {
    String words =
        Map.copyOf(pauses).entrySet().stream()
            .map(
                e ->
                    "cards for "
                        + e.getKey().surface()
                        + " "
                        + e.getKey().channel()
                        + " wait since "
                        + e.getValue().since()
                        + ": "
                        + e.getValue().why())
            .sorted()
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }
}
