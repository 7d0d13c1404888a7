package dev.postern.quarantine.mailcow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.HttpApi;
import dev.postern.quarantine.HttpApi.Body;
import dev.postern.quarantine.HttpReply;
import dev.postern.quarantine.RemoteStore.Deed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of mailcow that are needed, below {@code /api/v1}. */
final class MailcowApi {
  /** A quarantine of some ten thousand messages. */
  private static final int LARGEST_LIST = 32 << 20;

  private static final int SMALL = 256 << 10;

  private final MailcowSettings settings;
  private final HttpApi http;
  private final Map<String, String> key;
  private final ObjectMapper mapper;

  MailcowApi(MailcowSettings settings) {
    this.settings = settings;
    this.http = new HttpApi(settings.url(), settings.trust(), settings.timeout());
    this.key = Map.of("X-API-Key", settings.apiKey());
    this.mapper =
        new ObjectMapper(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(50)
                        .maxStringLength(Math.max(LARGEST_LIST, settings.largest()))
                        .build())
                .build());
  }

  /** All rows, without their messages. */
  List<Item> all() {
    JsonNode rows = read("/api/v1/get/quarantine/all", LARGEST_LIST);
    if (!rows.isArray()) {
      throw new MailSystemTrouble(
          http.name() + " answered the list of its quarantine with no list: is it mailcow?");
    }
    List<Item> items = new ArrayList<>();
    rows.forEach(row -> items.add(Item.of(row)));
    return items;
  }

  /** One row with all that it has; empty where there is none of this number. */
  Optional<JsonNode> details(ItemId id) {
    JsonNode row = read("/api/v1/get/quarantine/" + id.number(), settings.largest());
    return row.isObject() && row.has("rcpt") ? Optional.of(row) : Optional.empty();
  }

  private JsonNode read(String path, int largest) {
    return switch (http.get(path, key, largest)) {
      case HttpReply.NotSent(String why) -> throw new MailSystemTrouble(why);
      case HttpReply.Unanswered(String why) -> throw new MailSystemTrouble(why);
      case HttpReply.Answered it when it.status() != 200 ->
          throw new MailSystemTrouble(refusal(it));
      case HttpReply.Answered it -> json(it.body());
    };
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
    return switch (http.post("/api/v1/" + what, key, Body.json(body), SMALL)) {
      case HttpReply.NotSent(String why) -> new Deed.Refused(why, false);
      case HttpReply.Unanswered(String why) -> new Deed.Unsure(why);
      case HttpReply.Answered it when it.status() == 200 -> verdicts.of(json(it.body()));
      // It sends the message before it deletes the row: an error proves nothing.
      case HttpReply.Answered it when it.status() >= 500 || it.status() < 300 ->
          new Deed.Unsure(refusal(it));
      case HttpReply.Answered it -> new Deed.Refused(refusal(it), false);
    };
  }

  private String refusal(HttpReply.Answered answer) {
    String message = Verdicts.words(json(answer.body()).path("msg"));
    String words = message.isEmpty() ? "" : ": " + message;
    return switch (answer.status()) {
      case 401 ->
          http.name()
              + " does not take the API key"
              + words
              + ". Set mail.mailcow.api-key, and allow Postern's address for it";
      case 403 -> http.name() + " wants an API key that may write" + words;
      default -> http.name() + " answered " + answer.status() + words;
    };
  }

  private JsonNode json(byte[] body) {
    try {
      JsonNode read = mapper.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }
}
