package dev.postern.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Pieces of Slack's Block Kit as JSON. Never {@code mrkdwn}: every text is {@code plain_text} with
 * emoji codes off, or an element of {@code rich_text}.
 */
final class Kit {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Kit() {}

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode object(String type) {
    return object().put("type", type);
  }

  static ObjectNode plain(String text) {
    return object("plain_text").put("text", text).put("emoji", false);
  }

  static ObjectNode header(String blockId, String text) {
    return object("header").put("block_id", blockId).set("text", plain(cut(text, 150)));
  }

  static ObjectNode context(String blockId, String text) {
    ObjectNode block = object("context").put("block_id", blockId);
    block.putArray("elements").add(plain(text));
    return block;
  }

  static ObjectNode input(String blockId, String label, ObjectNode element) {
    ObjectNode block = object("input").put("block_id", blockId);
    block.set("label", plain(label));
    return block.set("element", element);
  }

  static ObjectNode select(String actionId, String placeholder, ArrayNode options) {
    ObjectNode select = object("static_select").put("action_id", actionId);
    select.set("placeholder", plain(placeholder));
    return select.set("options", options);
  }

  static ObjectNode option(String text, String value) {
    return object().put("value", value).set("text", plain(cut(text, 75)));
  }

  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + "…";
  }

  /** Text for a message's own {@code text}, where Slack reads these three as markup. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The text of a field; empty when it is absent, null or no text. */
  static String text(JsonNode field) {
    return field.isTextual() ? field.textValue() : "";
  }

  /** What somebody sent; empty when it is no JSON object. */
  static Optional<JsonNode> read(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }
}
