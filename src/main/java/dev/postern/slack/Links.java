package dev.postern.slack;

import dev.postern.card.SurfaceTrouble;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack's links to messages. A message keeps its link, so that Slack is asked once for each; where
 * it gave none, not again for some minutes, since each redraw of an escalated card wants it. Safe
 * for many threads.
 */
final class Links {
  /** How long it counts that there is none. */
  static final Duration WITHOUT = Duration.ofMinutes(5);

  /** With the drawing that follows still shorter than a turn at a card. */
  private static final Duration SHORT = Duration.ofMillis(800);

  private static final Logger log = LoggerFactory.getLogger(Links.class);
  private static final int MOST = 1000;

  private final Messages messages;
  private final InstantSource clock;
  private final Map<String, Known> known = Collections.synchronizedMap(new Newest());

  Links(WebApi api) {
    this.messages = new Messages(api.within(SHORT));
    this.clock = api.clock();
  }

  /**
   * What Slack said.
   *
   * @param link empty when it gave none
   * @param until when it is to be asked again
   */
  private record Known(Optional<URI> link, Instant until) {}

  /** The link to a message; empty where Slack has none or did not tell it in time. */
  Optional<URI> to(String channel, String ts) {
    String message = channel + "/" + ts;
    Instant now = clock.instant();
    return Optional.ofNullable(known.get(message))
        .filter(it -> now.isBefore(it.until()))
        .map(Known::link)
        .orElseGet(
            () -> {
              Optional<URI> link = ask(channel, ts);
              Instant until = link.isPresent() ? Instant.MAX : now.plus(WITHOUT);
              known.put(message, new Known(link, until));
              return link;
            });
  }

  private Optional<URI> ask(String channel, String ts) {
    try {
      return messages.permalink(channel, ts);
    } catch (SurfaceTrouble withoutIt) {
      log.warn("A card has no link to the first one: {}", withoutIt.getMessage());
      return Optional.empty();
    }
  }

  /** Those that were asked for last. */
  private static final class Newest extends LinkedHashMap<String, Known> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
      return size() > MOST;
    }
  }
}
