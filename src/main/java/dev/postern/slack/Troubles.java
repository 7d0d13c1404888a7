package dev.postern.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What readiness says of Slack: one sentence a fault, by its name. Safe for many threads. */
final class Troubles {
  /**
   * How long a fault is told that may be over by itself. What is tried again and fails is told anew
   * within a minute; of what is called rarely nobody would learn that it is over.
   */
  static final Duration PASSING = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Map<String, Told> told = new ConcurrentHashMap<>();

  private record Told(String sentence, Instant until) {}

  Troubles(InstantSource clock) {
    this.clock = clock;
  }

  /** A fault that stays until it is cleared: somebody has to mend something. */
  void lasting(String what, String sentence) {
    told.put(what, new Told(sentence, Instant.MAX));
  }

  /** A fault that may be over by itself. */
  void passing(String what, String sentence) {
    told.put(what, new Told(sentence, clock.instant().plus(PASSING)));
  }

  void clear(String what) {
    told.remove(what);
  }

  /** All faults in words; empty when there are none. */
  Optional<String> words() {
    Instant now = clock.instant();
    told.values().removeIf(it -> !now.isBefore(it.until()));
    String words =
        new TreeMap<>(told).values().stream().map(Told::sentence).collect(Collectors.joining(" "));
    return Optional.of(words).filter(it -> !it.isEmpty());
  }
}
