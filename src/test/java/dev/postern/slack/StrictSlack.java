package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fake Slack, for tests of other rooms that run the whole program. */
public final class StrictSlack implements AutoCloseable {
  /** The workspace. */
  public static final String TEAM = FakeSlack.TEAM;

  /** The one channel there is. */
  public static final String CHANNEL = FakeSlack.CHANNEL;

  private static final String RELEASE = "pn.release";

  private final FakeSlack slack = new FakeSlack();
  private final SlackHand hand = new SlackHand(slack, 0, Instant.EPOCH);

  /**
   * One card as people see it.
   *
   * @param cardId what its metadata say
   * @param caseId what its blocks are named after
   * @param ts which message it is
   * @param token what its release button carries; empty without one
   * @param edits how often it was changed
   */
  public record Shown(String cardId, String caseId, String ts, Optional<String> token, int edits) {}

  /**
   * A click to be sent, once or more often.
   *
   * @param eventId as the inbox calls it
   * @param body the form
   */
  public record Click(String eventId, String body) {
    /** The headers, signed for this second. */
    public Map<String, String> headers(long seconds) {
      return Map.of(
          "Content-Type",
          "application/x-www-form-urlencoded",
          "X-Slack-Request-Timestamp",
          Long.toString(seconds),
          "X-Slack-Signature",
          SlackHand.seal(FakeSlack.SECRET, Long.toString(seconds), body));
    }
  }

  /** With the scope by which a card is found whose answer was lost; without it nobody can. */
  public StrictSlack() {
    slack.scopes.add("channels:history");
    slack.messages.clock = InstantSource.system(); // a process looks by its own clock
  }

  /**
   * The settings that lead here. Unpaced: tests of whole processes post thousands of cards into one
   * channel, which takes hours by Slack's rates.
   */
  public Map<String, String> settings() {
    return Map.of(
        "slack.pace", "off",
        "slack.bot-token", FakeSlack.BOT_TOKEN,
        "slack.signing-secret", FakeSlack.SECRET,
        "slack.api-url", slack.url(),
        "slack.channels.default", FakeSlack.CHANNEL);
  }

  /** Where it listens. */
  public int port() {
    return URI.create(slack.url()).getPort();
  }

  /** All cards, oldest first; a card that was posted twice is there twice. */
  public List<Shown> cards() {
    return cards(0);
  }

  /** Cards but for so many messages at the beginning. */
  public List<Shown> cards(int skipped) {
    return slack.messages.all().stream()
        .skip(skipped)
        .filter(m -> !cardOf(m).isEmpty())
        .map(m -> new Shown(cardOf(m), caseOf(m), m.ts(), token(m), m.edits()))
        .toList();
  }

  /** How many messages there are. */
  public int messages() {
    return slack.messages.all().size();
  }

  private static String cardOf(SlackMessages.Message message) {
    return message.metadata().path("event_payload").path("card").asText();
  }

  /** Blocks are named {@code pn.<case>.<part>}. */
  private static String caseOf(SlackMessages.Message message) {
    return message.blocks().path(0).path("block_id").asText().split("[.]", -1)[1];
  }

  private static Optional<String> token(SlackMessages.Message message) {
    for (JsonNode block : message.blocks()) {
      for (JsonNode element : block.path("elements")) {
        if (element.path("action_id").asText().equals(RELEASE)) {
          return Optional.of(element.path("value").asText());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a message is this view of a case, word for word. */
  public boolean shows(String ts, CardView view) {
    JsonNode wanted = Samples.parse(CardBlocks.of(view).toString());
    return message(ts).blocks().equals(wanted);
  }

  /** What a message says. */
  public String words(String ts) {
    return message(ts).blocks().toString();
  }

  private SlackMessages.Message message(String ts) {
    return slack.messages.all().stream().filter(m -> m.ts().equals(ts)).findFirst().orElseThrow();
  }

  /** The methods that were called, in order. */
  public List<String> methods() {
    return slack.methods();
  }

  /** How many requests arrived. */
  public int calls() {
    return slack.calls().size();
  }

  /** A press of a card's release button; empty when it has none any more. */
  public synchronized Optional<Click> release(String user, Shown card) {
    SlackMessages.Message message = message(card.ts());
    if (token(message).isEmpty()) {
      return Optional.empty();
    }
    ObjectNode payload = hand.pressing(user, message, RELEASE);
    JsonNode action = payload.path("actions").path(0);
    // Without the ellipsis of a button that opens a form first: one request is one vote.
    ((ObjectNode) action.path("text")).put("text", "Release");
    String body = "payload=" + URLEncoder.encode(payload.toString(), StandardCharsets.UTF_8);
    String eventId = "press:" + user + ":" + card.ts() + ":" + action.path("action_ts").asText();
    return Optional.of(new Click(eventId, body));
  }

  @Override
  public void close() {
    slack.close();
  }
}
