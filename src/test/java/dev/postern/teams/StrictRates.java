package dev.postern.teams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.fake.FakeHttp;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Teams takes of a bot (learn.microsoft.com, "Optimize your bot with rate limiting in Teams"):
 * the tables for one conversation, and the limit of an app in a tenant. What is written, changed,
 * removed or begun in one counts together. Written from the document, not from what the product
 * takes it for.
 */
final class StrictRates {
  private static final Map<Duration, Integer> WRITES =
      Map.of(
          Duration.ofSeconds(1), 7,
          Duration.ofSeconds(2), 8,
          Duration.ofSeconds(30), 60,
          Duration.ofSeconds(3600), 1800);
  private static final Map<Duration, Integer> READS =
      Map.of(
          Duration.ofSeconds(1), 14,
          Duration.ofSeconds(2), 16,
          Duration.ofSeconds(30), 120,
          Duration.ofSeconds(3600), 3600);
  private static final Map<Duration, Integer> ALL = Map.of(Duration.ofSeconds(1), 50);

  /** How often somebody was too fast. */
  final AtomicInteger refused = new AtomicInteger();

  private final InstantSource clock;
  private final Map<String, Deque<Instant>> taken = new HashMap<>();

  StrictRates(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts a request, and says whether it is one too many. */
  synchronized boolean exceeded(FakeHttp.Ask ask) {
    boolean reads = ask.method().equals("GET");
    boolean full = full("", ALL) || full(lane(ask), reads ? READS : WRITES);
    if (full) {
      refused.incrementAndGet();
    } else {
      taken("").add(clock.instant());
      taken(lane(ask)).add(clock.instant());
    }
    return full;
  }

  private boolean full(String lane, Map<Duration, Integer> limits) {
    Deque<Instant> times = taken(lane);
    Instant now = clock.instant();
    times.removeIf(at -> !at.isAfter(now.minus(Duration.ofHours(1))));
    return limits.entrySet().stream()
        .anyMatch(
            limit ->
                times.stream().filter(at -> at.isAfter(now.minus(limit.getKey()))).count()
                    >= limit.getValue());
  }

  private Deque<Instant> taken(String lane) {
    return taken.computeIfAbsent(lane, _ -> new ArrayDeque<>());
  }

  private static String lane(FakeHttp.Ask ask) {
    String kind = ask.method().equals("GET") ? "read " : "write ";
    return kind
        + (ask.errand().equals("open") ? begun(ask.body()) : TeamsPlaces.root(ask.path().get(3)));
  }

  private static String begun(String body) {
    try {
      var wanted = new ObjectMapper().readTree(body);
      String channel = wanted.at("/channelData/channel/id").asText();
      return channel.isEmpty() ? "with " + wanted.at("/members/0/id").asText() : channel;
    } catch (JsonProcessingException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }
}
