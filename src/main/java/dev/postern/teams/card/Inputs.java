package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.Foreign;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Inputs of one card. Their ids are unique over all of it, forms that unfold included. */
final class Inputs {
  /** What of an address Teams reads no markdown in. */
  private static final Pattern PLAIN_ADDRESS =
      Pattern.compile("[A-Za-z0-9.+-]+@(?:[A-Za-z0-9-]|\\[\\.\\])+");

  private static final Pattern PLAIN_NAME =
      Pattern.compile("\\p{L}[\\p{L}\\p{Mn}\\p{Mc}\\p{Nd} .'’-]*");

  private final Set<String> taken = new HashSet<>();

  /** Words of the person. */
  ObjectNode words(String id, String label) {
    return Json.object("Input.Text")
        .put("id", unique(id))
        .put("label", label)
        .put("isMultiline", true)
        .put("maxLength", Field.LONGEST_REASON);
  }

  /** A choice without options yet. */
  ObjectNode choice(String id, String label) {
    return Json.object("Input.ChoiceSet")
        .put("id", unique(id))
        .put("label", label)
        .put("style", "expanded");
  }

  /** A box to tick. */
  ObjectNode box(String id, String label) {
    return Json.object("Input.Toggle").put("id", unique(id)).put("title", label).put("wrap", true);
  }

  static ObjectNode needed(ObjectNode input, String otherwise) {
    return input.put("isRequired", true).put("errorMessage", otherwise);
  }

  static ObjectNode option(String title, String value) {
    return Json.object().put("title", Words.noMarkdown(title)).put("value", value);
  }

  /** Those to choose among, numbered, as they are: titles cannot show every address. */
  static ObjectNode shown(List<Foreign> names) {
    ObjectNode box = Json.object("Container");
    ArrayNode items = box.putArray("items");
    for (int i = 0; i < names.size(); i++) {
      items.add(new RichText().plain(i + 1 + ": ").foreign(names.get(i)).block("None"));
    }
    return box;
  }

  /** What a title may say of a recipient, who stands above under the same number. */
  static String recipient(int number, Foreign address) {
    return PLAIN_ADDRESS.matcher(address.text()).matches()
        ? number + ": " + address.text()
        : "Recipient " + number + ", shown above";
  }

  /** The same of somebody whom the directory names. */
  static String person(int number, Foreign name) {
    return PLAIN_NAME.matcher(name.text()).matches()
        ? number + ": " + name.text()
        : "Person " + number + ", shown above";
  }

  private String unique(String id) {
    String free = id;
    for (int i = 2; !taken.add(free); i++) {
      free = id + "_" + i;
    }
    return free;
  }
}
