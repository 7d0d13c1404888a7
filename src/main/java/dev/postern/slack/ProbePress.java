package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.Notice;
import dev.postern.card.Probe;
import dev.postern.card.SurfaceTrouble;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
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
  private static final Probe PROBE = new Probe("Slack");
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
    button.set("text", Kit.plain(Probe.PRESS));
    ObjectNode row = Kit.object("actions").put("block_id", "pn.probe.act");
    row.putArray("elements").add(button);
    return Kit.array()
        .add(Kit.header("pn.probe.title", PROBE.card().title()))
        .add(new Section().plain(PROBE.card().text()).block("pn.probe.lead"))
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
            moment(ts),
            moment(Kit.text(payload.path("actions").path(0).path("action_ts"))),
            arrived);
    try {
      messages.tell(channel, user, notice.title() + ". " + notice.text(), CardBlocks.of(notice));
      messages.delete(channel, ts);
    } catch (SurfaceTrouble trouble) {
      log.warn("The test card was not answered: {}", trouble.getMessage());
    }
  }

  private static Notice notice(
      Optional<Instant> posted, Optional<Instant> pressed, Instant arrived) {
    Notice heard = PROBE.heard(pressed, arrived);
    return new Notice(
        heard.title(),
        heard.text()
            + posted
                .map(at -> " The card was posted " + Probe.since(at, arrived) + " before.")
                .orElse("")
            + " Slack waits 3 s.");
  }

  /** Slack writes moments as seconds with six decimals. */
  private static Optional<Instant> moment(String ts) {
    return ts.matches("\\d{1,12}([.]\\d{1,9})?")
        ? Optional.of(Instant.ofEpochMilli(new BigDecimal(ts).movePointRight(3).longValue()))
        : Optional.empty();
  }
}
