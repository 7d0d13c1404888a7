package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Slack's reference documents of Block Kit (docs.slack.dev, "Block Kit" and "Views"), as far
 * as cards use it: types, required and allowed fields, lengths, unique ids. Anything else is an
 * error, as unknown fields are to Slack.
 */
final class BlockKitRules {
  private static final Map<String, Set<String>> FIELDS =
      Map.ofEntries(
          Map.entry("header", Set.of("type", "block_id", "text")),
          Map.entry("rich_text", Set.of("type", "block_id", "elements")),
          Map.entry("context", Set.of("type", "block_id", "elements")),
          Map.entry("actions", Set.of("type", "block_id", "elements")),
          Map.entry("divider", Set.of("type", "block_id")),
          Map.entry("input", Set.of("type", "block_id", "label", "element", "hint", "optional")),
          Map.entry("plain_text", Set.of("type", "text", "emoji")),
          Map.entry(
              "button",
              Set.of(
                  "type",
                  "text",
                  "action_id",
                  "url",
                  "value",
                  "style",
                  "confirm",
                  "accessibility_label")),
          Map.entry("overflow", Set.of("type", "action_id", "options", "confirm")),
          Map.entry(
              "static_select",
              Set.of("type", "action_id", "options", "initial_option", "placeholder")),
          Map.entry(
              "multi_static_select",
              Set.of("type", "action_id", "options", "initial_options", "placeholder")),
          Map.entry("checkboxes", Set.of("type", "action_id", "options", "initial_options")),
          Map.entry(
              "plain_text_input",
              Set.of("type", "action_id", "multiline", "min_length", "max_length")),
          Map.entry("text", Set.of("type", "text", "style")),
          Map.entry("emoji", Set.of("type", "name")),
          Map.entry("user", Set.of("type", "user_id")),
          Map.entry("date", Set.of("type", "timestamp", "format", "fallback")));

  private final List<String> errors = new ArrayList<>();
  private final Set<String> blockIds = new HashSet<>();
  private final boolean modal;

  private BlockKitRules(boolean modal) {
    this.modal = modal;
  }

  /** What Slack would say against the blocks of a message. */
  static List<String> ofMessage(JsonNode blocks) {
    BlockKitRules rules = new BlockKitRules(false);
    rules.check(blocks.isArray() && blocks.size() <= 50, "/blocks", "no more than 50 items");
    rules.blocks(blocks);
    return rules.errorsOf("message", blocks);
  }

  /** What Slack would say against a modal. */
  static List<String> ofView(JsonNode view) {
    BlockKitRules rules = new BlockKitRules(true);
    Set<String> known =
        Set.of("type", "callback_id", "title", "submit", "close", "private_metadata", "blocks");
    rules.check(view.path("type").asText().equals("modal"), "/view/type", "modal");
    view.fieldNames().forEachRemaining(f -> rules.check(known.contains(f), "/view/" + f, "known"));
    rules.plain(view.path("title"), "/view/title", 1, 24);
    for (String button : List.of("submit", "close")) {
      if (view.has(button)) {
        rules.plain(view.path(button), "/view/" + button, 1, 24);
      }
    }
    rules.length(view.path("private_metadata"), "/view/private_metadata", 0, 3000);
    rules.length(view.path("callback_id"), "/view/callback_id", 0, 255);
    JsonNode blocks = view.path("blocks");
    rules.check(!blocks.isEmpty() && blocks.size() <= 100, "/view/blocks", "1 to 100 items");
    boolean input = blocks.findValuesAsText("type").contains("input");
    rules.check(!input || view.has("submit"), "/view/submit", "required with input blocks");
    rules.blocks(blocks);
    return rules.errorsOf("modal", view);
  }

  /** What passes here must be of Slack's published types, too. */
  private List<String> errorsOf(String kind, JsonNode payload) {
    if (errors.isEmpty()) {
      Payloads.keep(kind, payload);
    }
    return errors;
  }

  /** What Slack would say against a Home tab. */
  static List<String> ofHome(JsonNode view) {
    BlockKitRules rules = new BlockKitRules(false);
    Set<String> known = Set.of("type", "callback_id", "private_metadata", "external_id", "blocks");
    rules.check(view.path("type").asText().equals("home"), "/view/type", "home");
    view.fieldNames().forEachRemaining(f -> rules.check(known.contains(f), "/view/" + f, "known"));
    JsonNode blocks = view.path("blocks");
    rules.check(!blocks.isEmpty() && blocks.size() <= 100, "/view/blocks", "1 to 100 items");
    rules.blocks(blocks);
    return rules.errorsOf("home", view);
  }

  private void blocks(JsonNode blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      block(blocks.path(i), "/blocks/" + i);
    }
  }

  private void block(JsonNode block, String at) {
    fields(block, at);
    length(block.path("block_id"), at + "/block_id", 1, 255);
    check(blockIds.add(block.path("block_id").asText()), at + "/block_id", "unique");
    JsonNode elements = block.path("elements");
    switch (block.path("type").asText()) {
      case "header" -> plain(block.path("text"), at + "/text", 1, 150);
      case "divider" -> {}
      case "context" -> {
        check(elements.size() >= 1 && elements.size() <= 10, at + "/elements", "1 to 10");
        elements.forEach(e -> plain(e, at + "/elements", 1, 2000));
      }
      case "actions" -> {
        check(elements.size() >= 1 && elements.size() <= 25, at + "/elements", "1 to 25");
        Set<String> ids = new HashSet<>();
        elements.forEach(e -> interactive(e, at + "/elements", ids));
      }
      case "rich_text" -> {
        check(!elements.isEmpty(), at + "/elements", "at least 1");
        elements.forEach(e -> section(e, at + "/elements"));
      }
      case "input" -> input(block, at);
      default -> check(false, at + "/type", "a known type");
    }
  }

  private void section(JsonNode section, String at) {
    check(section.path("type").asText().equals("rich_text_section"), at, "rich_text_section");
    check(!section.path("elements").isEmpty(), at, "at least 1 element");
    for (JsonNode element : section.path("elements")) {
      fields(element, at);
      switch (element.path("type").asText()) {
        case "text" -> {
          length(element.path("text"), at + "/text", 1, 3000);
          Set<String> styles = Set.of("bold", "italic", "strike", "code");
          element
              .path("style")
              .fieldNames()
              .forEachRemaining(s -> check(styles.contains(s), at + "/style/" + s, "known"));
        }
        case "emoji" -> length(element.path("name"), at + "/name", 1, 100);
        case "user" ->
            check(
                element.path("user_id").asText().matches("[UW][A-Z0-9]+"),
                at + "/user_id",
                "a user");
        case "date" -> {
          check(element.path("timestamp").isIntegralNumber(), at + "/timestamp", "an integer");
          length(element.path("fallback"), at + "/fallback", 1, 100);
          String rest =
              element
                  .path("format")
                  .asText()
                  .replaceAll("\\{(date_short_pretty|date_short|time)}", "");
          check(!rest.contains("{"), at + "/format", "known tokens");
        }
        default -> check(false, at + "/type", "a known rich text element");
      }
    }
  }

  private void interactive(JsonNode element, String at, Set<String> ids) {
    if (element.path("type").asText().equals("overflow")) {
      menu(element, at, ids);
    } else {
      button(element, at, ids);
    }
  }

  private void menu(JsonNode menu, String at, Set<String> ids) {
    fields(menu, at);
    length(menu.path("action_id"), at + "/action_id", 1, 255);
    check(ids.add(menu.path("action_id").asText()), at + "/action_id", "unique in its block");
    JsonNode options = menu.path("options");
    check(options.size() >= 1 && options.size() <= 5, at + "/options", "1 to 5");
    for (JsonNode option : options) {
      plain(option.path("text"), at + "/options/text", 1, 75);
      length(option.path("value"), at + "/options/value", 1, 150);
    }
  }

  private void button(JsonNode button, String at, Set<String> ids) {
    fields(button, at);
    check(button.path("type").asText().equals("button"), at + "/type", "button");
    length(button.path("action_id"), at + "/action_id", 1, 255);
    check(ids.add(button.path("action_id").asText()), at + "/action_id", "unique in its block");
    plain(button.path("text"), at + "/text", 1, 75);
    length(button.path("value"), at + "/value", 0, 2000);
    length(button.path("accessibility_label"), at + "/accessibility_label", 0, 75);
    style(button, at);
    if (button.has("confirm")) {
      JsonNode confirm = button.path("confirm");
      plain(confirm.path("title"), at + "/confirm/title", 1, 100);
      plain(confirm.path("text"), at + "/confirm/text", 1, 300);
      plain(confirm.path("confirm"), at + "/confirm/confirm", 1, 30);
      plain(confirm.path("deny"), at + "/confirm/deny", 1, 30);
      style(confirm, at + "/confirm");
    }
  }

  private void style(JsonNode holder, String at) {
    String style = holder.path("style").asText("primary");
    check(style.equals("primary") || style.equals("danger"), at + "/style", "primary or danger");
  }

  private void input(JsonNode block, String at) {
    check(modal, at, "allowed in modals");
    plain(block.path("label"), at + "/label", 1, 2000);
    if (block.has("hint")) {
      plain(block.path("hint"), at + "/hint", 1, 2000);
    }
    JsonNode element = block.path("element");
    fields(element, at + "/element");
    length(element.path("action_id"), at + "/element/action_id", 1, 255);
    if (element.path("type").asText().equals("plain_text_input")) {
      int most = element.path("max_length").asInt(3000);
      check(most >= 1 && most <= 3000, at + "/element/max_length", "1 to 3000");
      int least = element.path("min_length").asInt(0);
      check(least >= 0 && least <= most, at + "/element/min_length", "at most max_length");
    } else {
      select(element, at + "/element");
    }
  }

  private void select(JsonNode select, String at) {
    boolean boxes = select.path("type").asText().equals("checkboxes");
    JsonNode options = select.path("options");
    int most = boxes ? 10 : 100;
    check(options.size() >= 1 && options.size() <= most, at + "/options", "1 to " + most);
    if (!boxes) {
      plain(select.path("placeholder"), at + "/placeholder", 1, 150);
    }
    Set<JsonNode> offered = new HashSet<>();
    for (JsonNode option : options) {
      plain(option.path("text"), at + "/options/text", 1, 75);
      length(option.path("value"), at + "/options/value", 1, 150);
      offered.add(option);
    }
    for (JsonNode initial : select.path("initial_options")) {
      check(offered.contains(initial), at + "/initial_options", "among the options");
    }
  }

  private void plain(JsonNode text, String at, int least, int most) {
    check(text.path("type").asText().equals("plain_text"), at + "/type", "plain_text");
    fields(text, at);
    length(text.path("text"), at + "/text", least, most);
  }

  private void fields(JsonNode node, String at) {
    Set<String> known = FIELDS.getOrDefault(node.path("type").asText(), Set.of());
    node.fieldNames().forEachRemaining(f -> check(known.contains(f), at + "/" + f, "known"));
  }

  private void length(JsonNode text, String at, int least, int most) {
    if (text.isMissingNode() && least == 0) {
      return;
    }
    int length = text.asText().length();
    check(text.isTextual() && length >= least && length <= most, at, least + " to " + most);
  }

  private void check(boolean holds, String at, String must) {
    if (!holds) {
      errors.add("[ERROR] must be " + must + " [json-pointer:" + at + "]");
    }
  }
}
