package dev.postern.quarantine.mailcow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.HttpApi;
import dev.postern.quarantine.HttpApi.Body;
import dev.postern.quarantine.HttpBody;
import dev.postern.quarantine.HttpReply;
import dev.postern.quarantine.JsonRows;
import dev.postern.quarantine.RemoteStore.Deed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The calls of mailcow that are needed, below {@code /api/v1}. */
final class MailcowApi {
  /** A quarantine of some ten thousand messages. */
  private static final int LARGEST_LIST = 32 << 20;

  /** One row with its message, which is only looked at for who it is from and what it carries. */
  private static final int LARGEST_ROW = 8 << 20;

  private final MailcowSettings settings;
  private final HttpApi http;
  private final Map<String, String> key;

  MailcowApi(MailcowSettings settings) {
    this.settings = settings;
    this.http = new HttpApi(settings.url(), settings.trust(), settings.timeout());
    this.key = Map.of("X-API-Key", settings.apiKey());
  }

  /** Rows without their messages: all of them, or as many as are read at once. */
  JsonRows.Listed<Optional<Item>> all() {
    HttpReply.Answered<JsonRows.Listed<Optional<Item>>> answer =
        read("/api/v1/get/quarantine/all", new JsonRows<>("", LARGEST_LIST, Item::of));
    if (answer.status() != 200) {
      throw new MailSystemTrouble(refusal(answer.status(), answer.body().rest()));
    }
    if (!answer.body().found()) {
      throw new MailSystemTrouble(
          http.name() + " answered the list of its quarantine with no list: is it mailcow?");
    }
    return answer.body();
  }

  /** What mailcow tells of one row. */
  sealed interface Details {
    /** All that it has. */
    record Row(JsonNode json) implements Details {}

    /** It is there, and larger than is read. */
    record TooLarge() implements Details {}

    /** There is none of this number. */
    record None() implements Details {}
  }

  /** One row. */
  Details details(ItemId id) {
    HttpReply.Answered<Optional<JsonNode>> answer =
        read("/api/v1/get/quarantine/" + id.number(), HttpBody.jsonUpTo(largestRow()));
    if (answer.status() != 200) {
      JsonNode said = answer.body().orElse(MissingNode.getInstance());
      throw new MailSystemTrouble("row " + id + ": " + refusal(answer.status(), said));
    }
    if (answer.body().isEmpty()) {
      return new Details.TooLarge();
    }
    JsonNode row = answer.body().get();
    if (row.isMissingNode()) {
      throw new MailSystemTrouble(http.name() + " answered row " + id + " with no JSON");
    }
    return row.isObject() && row.has("rcpt") ? new Details.Row(row) : new Details.None();
  }

  private int largestRow() {
    return Math.min(LARGEST_ROW, settings.largest());
  }

  /** A text that is JSON itself; missing where it is none. */
  static JsonNode json(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    try {
      return HttpBody.json(octets.length).read(new ByteArrayInputStream(octets));
    } catch (IOException brokeOff) {
      return MissingNode.getInstance();
    }
  }

  private <T> HttpReply.Answered<T> read(String path, HttpBody<T> body) {
    return http.get(path, key, body).orTrouble();
  }

  /** Has a row sent on to its recipient, which mailcow tells its spam filter to learn from. */
  Deed release(ItemId id) {
    return told(
        "edit/qitem",
        "{\"items\":[\"%s\"],\"attr\":{\"action\":\"release\"}}".formatted(id.number()),
        new Verdicts(id.number(), "item_released"));
  }

  /** Has a row deleted. */
  Deed delete(ItemId id) {
    return told(
        "delete/qitem",
        "[\"%s\"]".formatted(id.number()),
        new Verdicts(id.number(), "item_deleted"));
  }

  private Deed told(String what, String body, Verdicts verdicts) {
    return switch (http.post(
        "/api/v1/" + what, key, Body.json(body), HttpBody.json(HttpBody.SMALL))) {
      case HttpReply.NotSent<JsonNode>(String why) -> new Deed.Refused(why, false);
      case HttpReply.Unanswered<JsonNode>(String why) -> new Deed.Unsure(why);
      case HttpReply.Answered<JsonNode> it when it.status() == 200 -> verdicts.of(it.body());
      // It sends the message before it deletes the row: an error proves nothing.
      case HttpReply.Answered<JsonNode> it when it.status() >= 500 || it.status() < 300 ->
          new Deed.Unsure(refusal(it.status(), it.body()));
      case HttpReply.Answered<JsonNode> it ->
          new Deed.Refused(refusal(it.status(), it.body()), false);
    };
  }

  private String refusal(int status, JsonNode answer) {
    String message = Verdicts.words(answer.path("msg"));
    String words = message.isEmpty() ? "" : ": " + message;
    return switch (status) {
      case 401 ->
          http.name()
              + " does not take the API key"
              + words
              + ". Set mail.mailcow.api-key, and allow Postern's address for it";
      case 403 -> http.name() + " wants an API key that may write" + words;
      default -> http.name() + " answered " + status + words;
    };
  }
}
