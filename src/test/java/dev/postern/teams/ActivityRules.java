package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the Bot Connector takes as an activity from a bot for Teams (learn.microsoft.com, "API
 * reference for the Bot Framework Connector service" → "Schema"), and how large.
 */
public final class ActivityRules {
  /** A message with a card may have at most as many octets (CARDS.md §7). */
  static final int LARGEST = 28 * 1024;

  private static final String ADAPTIVE = "application/vnd.microsoft.card.adaptive";

  /** Fields that a bot may set, with the kind of value; {@code *} is any. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("type", "text"),
          Map.entry("text", "text"),
          Map.entry("textFormat", "text"),
          Map.entry("summary", "text"),
          Map.entry("speak", "text"),
          Map.entry("locale", "text"),
          Map.entry("importance", "text"),
          Map.entry("inputHint", "text"),
          Map.entry("attachmentLayout", "text"),
          Map.entry("replyToId", "text"),
          Map.entry("id", "text"),
          Map.entry("serviceUrl", "text"),
          Map.entry("channelId", "text"),
          Map.entry("attachments", "array"),
          Map.entry("entities", "array"),
          Map.entry("channelData", "object"),
          Map.entry("from", "object"),
          Map.entry("recipient", "object"),
          Map.entry("conversation", "object"));

  /** Tells what is wrong with an Adaptive Card; stricter rules may be put here. */
  public volatile Function<JsonNode, List<String>> cards = ActivityRules::basics;

  /**
   * The error for an activity.
   *
   * @param message what is wrong, in words for whoever reads the test
   */
  public record Wrong(int status, String code, String message) {}

  Optional<Wrong> wrong(JsonNode activity) {
    if (!activity.isObject()) {
      return bad("the activity is no object");
    }
    if (activity.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      return Optional.of(new Wrong(413, "MessageSizeTooBig", "Message size too large."));
    }
    for (Map.Entry<String, JsonNode> field : activity.properties()) {
      String kind = FIELDS.get(field.getKey());
      if (kind == null || !is(field.getValue(), kind)) {
        return bad("the field " + field.getKey() + " is unknown or of another kind");
      }
    }
    String type = activity.path("type").asText();
    if (!Set.of("message", "typing").contains(type)) {
      return bad("a bot does not send the type " + type);
    }
    boolean empty =
        activity.path("text").asText().isEmpty() && activity.path("attachments").isEmpty();
    if (type.equals("message") && empty) {
      return bad("a message without text and attachments");
    }
    for (JsonNode attachment : activity.path("attachments")) {
      Optional<Wrong> wrong = attachment(attachment);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<Wrong> attachment(JsonNode attachment) {
    if (!attachment.path("contentType").asText().equals(ADAPTIVE)) {
      return bad("an attachment of the type " + attachment.path("contentType"));
    }
    Set<String> fields = new HashSet<>();
    attachment.fieldNames().forEachRemaining(fields::add);
    fields.removeAll(Set.of("contentType", "content", "name", "thumbnailUrl"));
    if (!fields.isEmpty()) {
      return bad("an attachment with " + fields);
    }
    List<String> faults = cards.apply(attachment.path("content"));
    return faults.isEmpty() ? Optional.empty() : bad("a card with faults: " + faults);
  }

  /** What every Adaptive Card in Teams keeps. */
  public static List<String> basics(JsonNode card) {
    List<String> faults = new ArrayList<>();
    if (!card.path("type").asText().equals("AdaptiveCard")) {
      faults.add("type is not AdaptiveCard");
    }
    if (!card.path("version").asText().matches("1[.][0-5]")) {
      faults.add("version is not 1.0 to 1.5");
    }
    if (!card.path("body").isArray()) {
      faults.add("body is no array");
    }
    card.path("body").forEach(it -> typed(it, "", faults));
    card.path("actions").forEach(it -> typed(it, "Action.", faults));
    if (card.path("refresh").path("userIds").size() > 60) {
      faults.add("refresh.userIds are more than 60");
    }
    return faults;
  }

  private static void typed(JsonNode element, String prefix, List<String> faults) {
    String type = element.path("type").asText();
    if (type.isEmpty() || !type.startsWith(prefix)) {
      faults.add("an element of the type " + element.path("type"));
    }
  }

  private static boolean is(JsonNode value, String kind) {
    return switch (kind) {
      case "text" -> value.isTextual();
      case "array" -> value.isArray();
      default -> value.isObject();
    };
  }

  private static Optional<Wrong> bad(String message) {
    return Optional.of(new Wrong(400, "BadSyntax", message));
  }
}
