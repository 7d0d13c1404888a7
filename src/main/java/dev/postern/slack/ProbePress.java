package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.Notice;
import dev.postern.card.SurfaceTrouble;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The button of the doctor's test card. It carries nothing: when the card was posted and when the
 * button was pressed stands in Slack's own, authenticated request.
 */
final class ProbePress {
  /** The card's id in its metadata; no row has it. */
  static final String CARD = "doctor";

  static final String FALLBACK = "Test card of postern doctor. It decides nothing.";

  private static final String ACTION = "pn.probe";
  private static final Logger log = LoggerFactory.getLogger(ProbePress.class);

  private final Messages messages;
  private final InstantSource clock;
  private final Executor afterwards;

  ProbePress(WebApi api, InstantSource clock, Executor afterwards) {
    this.messages = new Messages(api);
    this.clock = clock;
    this.afterwards = afterwards;
  }

  /** The blocks of the card. */
  static ArrayNode card() {
    ObjectNode button =
        Kit.object("button").put("action_id", ACTION).put("value", "probe").put("style", "primary");
    button.set("text", Kit.plain("Press me"));
    ObjectNode row = Kit.object("actions").put("block_id", "pn.probe.act");
    row.putArray("elements").add(button);
    return Kit.array()
        .add(Kit.header("pn.probe.title", "Does Postern hear you?"))
        .add(
            new Section()
                .plain(
                    "A test card of \"postern doctor slack\". It decides nothing. Press the button.")
                .block("pn.probe.lead"))
        .add(row);
  }

  /** Whether an interaction is a press of it. */
  static boolean is(JsonNode payload) {
    return Kit.text(payload.path("actions").path(0).path("action_id")).equals(ACTION);
  }

  /** Acknowledges, tells whoever pressed how long it took, and takes the card away. */
  Reply handle(JsonNode payload) {
    Instant arrived = clock.instant();
    afterwards.execute(() -> answer(payload, arrived));
    return Reply.ok();
  }

  private void answer(JsonNode payload, Instant arrived) {
    String channel = Kit.text(payload.path("container").path("channel_id"));
    String ts = Kit.text(payload.path("container").path("message_ts"));
    String user = Kit.text(payload.path("user").path("id"));
    Notice notice =
        notice(
            since(ts, arrived),
            since(Kit.text(payload.path("actions").path(0).path("action_ts")), arrived));
    try {
      messages.tell(channel, user, notice.title() + ". " + notice.text(), CardBlocks.of(notice));
      messages.delete(channel, ts);
    } catch (SurfaceTrouble trouble) {
      log.warn("The test card was not answered: {}", trouble.getMessage());
    }
  }

  private static Notice notice(Optional<Duration> posted, Optional<Duration> pressed) {
    return new Notice(
        "Postern hears you",
        pressed
                .map(took -> "Your press took " + seconds(took) + " from Slack to Postern. ")
                .orElse("")
            + posted.map(ago -> "The card was posted " + seconds(ago) + " before. ").orElse("")
            + "Slack waits 3 s.");
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
  }

  /** Slack writes moments as seconds with six decimals. */
  private static Optional<Duration> since(String ts, Instant now) {
    if (!ts.matches("\\d{1,12}([.]\\d{1,9})?")) {
      return Optional.empty();
    }
    long millis = new BigDecimal(ts).movePointRight(3).longValue();
    Duration since = Duration.between(Instant.ofEpochMilli(millis), now);
    return Optional.of(since.isNegative() ? Duration.ZERO : since);
  }
}
