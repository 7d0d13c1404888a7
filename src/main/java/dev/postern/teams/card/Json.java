package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Pieces of Adaptive Cards that hold our own words. */
final class Json {
  private Json() {}

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode object(String type) {
    return object().put("type", type);
  }

  /** A text of our own. Teams reads markdown in it, so that nothing foreign may stand here. */
  static ObjectNode ownText(String words) {
    return object("TextBlock").put("text", Words.noMarkdown(words)).put("wrap", true);
  }

  static ObjectNode heading(String words) {
    return ownText(Words.cut(words, 150))
        .put("size", "Large")
        .put("weight", "Bolder")
        .put("style", "heading");
  }

  static ObjectNode footer(String words) {
    return ownText(Words.cut(words, 400))
        .put("size", "Small")
        .put("isSubtle", true)
        .put("spacing", "Medium");
  }

  static ObjectNode container(String id, boolean separator) {
    return object("Container").put("id", id).put("separator", separator).put("spacing", "Medium");
  }

  /** Octets as it is sent. */
  static int size(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
