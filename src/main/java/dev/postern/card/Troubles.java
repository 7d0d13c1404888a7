package dev.postern.card;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What readiness says of a chat platform: one sentence a fault, by its name. Safe for many threads.
 */
public final class Troubles {
  /**
   * How long a fault is told that may be over by itself. What is tried again and fails is told anew
   * within a minute; of what is called rarely nobody would learn that it is over.
   */
  public static final Duration PASSING = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Map<String, Told> told = new ConcurrentHashMap<>();

  private record Told(String sentence, Instant until) {}

  /**
   * Knows of no fault.
   *
   * @param clock the time, by which passing faults are forgotten
   */
  public Troubles(InstantSource clock) {
    this.clock = clock;
  }

  /** A fault that stays until it is cleared: somebody has to mend something. */
  public void lasting(String what, String sentence) {
    told.put(what, new Told(sentence, Instant.MAX));
  }

  /** A fault that may be over by itself. */
  public void passing(String what, String sentence) {
    told.put(what, new Told(sentence, clock.instant().plus(PASSING)));
  }

  /** The fault of that name is over. */
  public void clear(String what) {
    told.remove(what);
  }

  /** All faults in words; empty when there are none. */
  public Optional<String> words() {
    Instant now = clock.instant();
    told.values().removeIf(it -> !now.isBefore(it.until()));
    String words =
        new TreeMap<>(told).values().stream().map(Told::sentence).collect(Collectors.joining(" "));
    return Optional.of(words).filter(it -> !it.isEmpty());
  }
}
