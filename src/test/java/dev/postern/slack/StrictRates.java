package dev.postern.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Slack's rates at their strictest (docs.slack.dev, "Rate limits", and each method's page): no
 * minute with more requests than its tier says, and no ten seconds with more than a third of them,
 * or half of them in tier 4, whose bursts are "generous". Messages count by channel. Written from
 * the documents, not from what the product takes them for.
 */
final class StrictRates {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration BURST = Duration.ofSeconds(10);

  private static final Map<String, Integer> TIERS =
      Map.ofEntries(
          Map.entry("auth.test", 600), // "hundreds of requests per minute"
          Map.entry("chat.getPermalink", 600),
          Map.entry("chat.postMessage", 60), // one a second, in each channel
          Map.entry("chat.update", 50),
          Map.entry("chat.delete", 50),
          Map.entry("chat.postEphemeral", 100),
          Map.entry("conversations.history", 50),
          Map.entry("conversations.info", 50),
          Map.entry("users.info", 100),
          Map.entry("usergroups.users.list", 20),
          Map.entry("views.open", 100),
          Map.entry("views.update", 100),
          Map.entry("views.publish", 100));

  /** How often somebody was too fast. */
  final AtomicInteger refused = new AtomicInteger();

  private final InstantSource clock;
  private final Map<String, Deque<Instant>> taken = new HashMap<>();

  StrictRates(InstantSource clock) {
    this.clock = clock;
  }

  /** What a method is allowed, by its page. */
  static Map<String, Integer> tiers() {
    return TIERS;
  }

  /** Counts a request, and says whether it is one too many. */
  synchronized boolean exceeded(String method, Map<String, String> arguments) {
    int perMinute = TIERS.getOrDefault(method, 1);
    boolean byChannel = method.equals("chat.postMessage");
    String lane = byChannel ? method + arguments.getOrDefault("channel", "") : method;
    Deque<Instant> times = taken.computeIfAbsent(lane, _ -> new ArrayDeque<>());
    Instant now = clock.instant();
    times.removeIf(at -> !at.isAfter(now.minus(MINUTE)));
    long lately = times.stream().filter(at -> at.isAfter(now.minus(BURST))).count();
    if (times.size() >= perMinute || lately >= Math.max(1, perMinute / (perMinute < 100 ? 3 : 2))) {
      refused.incrementAndGet();
      return true;
    }
    times.add(now);
    return false;
  }
}
