package dev.postern.teams;

import dev.postern.card.SurfaceTrouble;
import dev.postern.teams.wire.Connector;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links to messages (learn.microsoft.com, "Deep link to Teams chat"). One to a channel names the
 * team's group, which Teams is asked for once; to a chat of one person with the bot there is none.
 */
final class Links {
  /** With the drawing that follows still shorter than a turn at a card. */
  private static final Duration SHORT = Duration.ofMillis(800);

  /** How long it counts that Teams did not say. */
  private static final Duration WITHOUT = Duration.ofMinutes(5);

  private static final String MESSAGE = "https://teams.microsoft.com/l/message/";

  private static final Logger log = LoggerFactory.getLogger(Links.class);

  private final Connector connector;
  private final Places places;
  private final String tenant;
  private final InstantSource clock;
  private final Map<String, Known> groups = new ConcurrentHashMap<>();

  /**
   * Takes its parts.
   *
   * @param tenant ours
   */
  Links(Connector connector, Places places, String tenant, InstantSource clock) {
    this.connector = connector.within(SHORT);
    this.places = places;
    this.tenant = tenant;
    this.clock = clock;
  }

  /**
   * The group of a team.
   *
   * @param id empty when Teams did not say
   * @param until when to ask again
   */
  private record Known(Optional<String> id, Instant until) {}

  /** The link to a message; empty where there is none, or Teams did not say what it takes. */
  Optional<URI> to(String conversation, String message) {
    String place = Places.bare(conversation);
    if (Places.isChannel(place)) {
      return places
          .team(place)
          .flatMap(team -> group(team, places.at(place).service()))
          .map(
              group ->
                  link(
                      place,
                      message,
                      "&groupId=" + encoded(group) + "&parentMessageId=" + message));
    }
    return place.startsWith("19:")
        ? Optional.of(link(place, message, "&context=" + encoded("{\"contextType\":\"chat\"}")))
        : Optional.empty();
  }

  private URI link(String place, String message, String more) {
    return URI.create(
        MESSAGE + encoded(place) + "/" + encoded(message) + "?tenantId=" + tenant + more);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Optional<String> group(String team, String service) {
    Instant now = clock.instant();
    Known known = groups.get(team);
    if (known == null || !now.isBefore(known.until())) {
      Optional<String> told = ask(team, service);
      known = new Known(told, told.isPresent() ? Instant.MAX : now.plus(WITHOUT));
      groups.put(team, known);
    }
    return known.id();
  }

  private Optional<String> ask(String team, String service) {
    try {
      return Optional.of(connector.team(service, team).groupId()).filter(id -> !id.isEmpty());
    } catch (SurfaceTrouble withoutIt) {
      log.info("A card in Teams has no link: {}", withoutIt.getMessage());
      return Optional.empty();
    }
  }
}
