package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What each method of the fake Slack does (docs.slack.dev, "Web API methods"). */
final class SlackMethods {
  private static final Map<String, Set<String>> ARGUMENTS =
      Map.ofEntries(
          Map.entry("auth.test", Set.of()),
          Map.entry("apps.connections.open", Set.of()),
          Map.entry(
              "chat.postMessage",
              Set.of(
                  "channel",
                  "text",
                  "blocks",
                  "metadata",
                  "mrkdwn",
                  "unfurl_links",
                  "unfurl_media",
                  "link_names",
                  "reply_broadcast",
                  "thread_ts",
                  "parse")),
          Map.entry(
              "chat.update",
              Set.of("channel", "ts", "text", "blocks", "metadata", "link_names", "parse")),
          Map.entry(
              "chat.postEphemeral",
              Set.of("channel", "user", "text", "blocks", "link_names", "thread_ts", "parse")),
          Map.entry("chat.delete", Set.of("channel", "ts", "as_user")),
          Map.entry("chat.getPermalink", Set.of("channel", "message_ts")),
          Map.entry("views.open", Set.of("trigger_id", "view")),
          Map.entry("views.update", Set.of("view_id", "external_id", "hash", "view")),
          Map.entry("views.publish", Set.of("user_id", "hash", "view")),
          Map.entry(
              "conversations.history",
              Set.of(
                  "channel",
                  "cursor",
                  "limit",
                  "include_all_metadata",
                  "inclusive",
                  "oldest",
                  "latest")),
          Map.entry(
              "conversations.info", Set.of("channel", "include_locale", "include_num_members")),
          Map.entry("users.info", Set.of("user", "include_locale")),
          Map.entry("users.lookupByEmail", Set.of("email")),
          Map.entry("usergroups.users.list", Set.of("usergroup", "include_disabled", "team_id")));

  private static final Map<String, List<String>> SCOPES =
      Map.ofEntries(
          Map.entry("chat.postMessage", List.of("chat:write")),
          Map.entry("chat.update", List.of("chat:write")),
          Map.entry("chat.delete", List.of("chat:write")),
          Map.entry("chat.postEphemeral", List.of("chat:write")),
          Map.entry("conversations.history", List.of("channels:history", "groups:history")),
          Map.entry("conversations.info", List.of("channels:read", "groups:read")),
          Map.entry("users.info", List.of("users:read")),
          Map.entry("users.lookupByEmail", List.of("users:read.email")),
          Map.entry("usergroups.users.list", List.of("usergroups:read")));

  private final FakeSlack slack;

  SlackMethods(FakeSlack slack) {
    this.slack = slack;
  }

  static Set<String> arguments(String method) {
    return ARGUMENTS.getOrDefault(method, Set.of());
  }

  /** Empty when one of the scopes that the method takes is granted. */
  static String missingScope(String method, Map<String, String> arguments, Set<String> granted) {
    List<String> any = SCOPES.getOrDefault(method, List.of());
    return any.isEmpty() || any.stream().anyMatch(granted::contains) ? "" : any.getFirst();
  }

  ObjectNode perform(String method, Map<String, String> a) {
    return switch (method) {
      case "auth.test" ->
          ok().put("url", "https://corp-example.slack.com/")
              .put("team", "Corp")
              .put("user", "postern")
              .put("team_id", FakeSlack.TEAM)
              .put("user_id", "U0POSTERN1")
              .put("bot_id", "B0POSTERN1")
              .put("app_id", FakeSlack.APP);
      case "apps.connections.open" -> ok().put("url", slack.socketUrl);
      case "chat.postMessage" -> post(a);
      case "chat.update" -> update(a);
      case "chat.delete" -> delete(a);
      case "chat.postEphemeral" -> whisper(a);
      case "chat.getPermalink" -> permalink(a);
      case "views.open" -> open(a);
      case "views.update" -> redraw(a);
      case "views.publish" -> publish(a);
      case "conversations.history" -> history(a);
      case "conversations.info" -> channel(a.getOrDefault("channel", ""));
      case "users.lookupByEmail" -> owner(a.getOrDefault("email", ""));
      case "users.info" -> user(a.getOrDefault("user", ""));
      case "usergroups.users.list" -> group(a.getOrDefault("usergroup", ""));
      default -> FakeSlack.refusal("unknown_method");
    };
  }

  private ObjectNode post(Map<String, String> a) {
    ObjectNode wrong = check(a);
    if (wrong != null) {
      return wrong;
    }
    if (!"false".equals(a.get("mrkdwn")) && !"0".equals(a.get("mrkdwn"))) {
      return FakeSlack.refusal("postern_must_switch_mrkdwn_off");
    }
    JsonNode metadata = Samples.parse(a.getOrDefault("metadata", "{}"));
    String to = a.getOrDefault("channel", "");
    var message =
        slack.messages.add(
            // A user's id means the conversation with that user, which has an id of its own.
            to.matches("[UW].*") ? "D" + to : to,
            a.getOrDefault("text", ""),
            Samples.parse(a.getOrDefault("blocks", "[]")),
            metadata);
    return ok().put("channel", message.channel()).put("ts", message.ts());
  }

  private ObjectNode update(Map<String, String> a) {
    ObjectNode wrong = check(a);
    if (wrong != null) {
      return wrong;
    }
    return slack
        .messages
        .edit(
            a.getOrDefault("channel", ""),
            a.getOrDefault("ts", ""),
            a.getOrDefault("text", ""),
            Samples.parse(a.getOrDefault("blocks", "[]")))
        .map(m -> ok().put("channel", m.channel()).put("ts", m.ts()))
        .orElseGet(() -> FakeSlack.refusal("message_not_found"));
  }

  private ObjectNode delete(Map<String, String> a) {
    return slack.messages.remove(a.getOrDefault("channel", ""), a.getOrDefault("ts", ""))
        ? ok().put("channel", a.get("channel")).put("ts", a.get("ts"))
        : FakeSlack.refusal("message_not_found");
  }

  private ObjectNode permalink(Map<String, String> a) {
    String channel = a.getOrDefault("channel", "");
    String ts = a.getOrDefault("message_ts", "");
    boolean there =
        slack.messages.all().stream()
            .anyMatch(m -> m.channel().equals(channel) && m.ts().equals(ts));
    String link = "https://corp-example.slack.com/archives/" + channel + "/p" + ts.replace(".", "");
    return there
        ? ok().put("channel", channel).put("permalink", link)
        : FakeSlack.refusal("message_not_found");
  }

  private ObjectNode whisper(Map<String, String> a) {
    ObjectNode wrong = check(a);
    if (wrong != null) {
      return wrong;
    }
    if (!a.getOrDefault("user", "").matches("[UW][A-Z0-9]+")) {
      return FakeSlack.refusal("user_not_in_channel");
    }
    slack.whispered.add(a);
    return ok().put("message_ts", "1795502999.000001");
  }

  private ObjectNode open(Map<String, String> a) {
    JsonNode view = Samples.parse(a.getOrDefault("view", "{}"));
    List<String> errors = BlockKitRules.ofView(view);
    if (!errors.isEmpty()) {
      return withMessages("invalid_arguments", errors);
    }
    if (!slack.triggers.remove(a.getOrDefault("trigger_id", ""))) {
      return FakeSlack.refusal("expired_trigger_id");
    }
    slack.opened.add(view);
    ObjectNode answer = ok();
    return answer.set("view", slack.views.opened(view));
  }

  /** Slack does not tell of accounts that were switched off. */
  private ObjectNode owner(String email) {
    String id = slack.addresses.get(email.toLowerCase(Locale.ROOT));
    return id == null || slack.accounts.getOrDefault(id, Kit.object()).path("deleted").asBoolean()
        ? FakeSlack.refusal("users_not_found")
        : user(id);
  }

  /** A full member of our workspace with a verified address, but for what the test changed. */
  private ObjectNode user(String id) {
    if (!id.matches("[UW][A-Z0-9]{2,}") && !slack.members.contains(id)) {
      return FakeSlack.refusal("user_not_found");
    }
    ObjectNode user =
        Kit.object()
            .put("id", id)
            .put("team_id", FakeSlack.TEAM)
            .put("name", "name-of-" + id)
            .put("deleted", false)
            .put("is_bot", false)
            .put("is_app_user", false)
            .put("is_restricted", false)
            .put("is_ultra_restricted", false)
            .put("is_email_confirmed", true);
    ObjectNode profile = user.putObject("profile").put("real_name", "Name of " + id);
    if (slack.scopes.contains("users:read.email")) {
      profile.put("email", addressOf(id));
    }
    ObjectNode changed = slack.accounts.getOrDefault(id, Kit.object());
    if (changed.has("error")) {
      return FakeSlack.refusal(Kit.text(changed.path("error")));
    }
    user.setAll(changed);
    ObjectNode answer = ok();
    return answer.set("user", user);
  }

  private String addressOf(String id) {
    return slack.addresses.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(id + "@corp.example");
  }

  /** A private channel that Postern is in, but for what the test changed. */
  private ObjectNode channel(String id) {
    ObjectNode changed = slack.channels.getOrDefault(id, Kit.object());
    if (!id.matches("[CG][A-Z0-9]{2,}") || changed.has("error")) {
      String error = Kit.text(changed.path("error"));
      return FakeSlack.refusal(error.isEmpty() ? "channel_not_found" : error);
    }
    ObjectNode channel =
        Kit.object()
            .put("id", id)
            .put("name", "mail-oncall")
            .put("is_channel", true)
            .put("is_private", true)
            .put("is_archived", false)
            .put("is_ext_shared", false)
            .put("is_pending_ext_shared", false)
            .put("is_member", true);
    channel.setAll(changed);
    ObjectNode answer = ok();
    return answer.set("channel", channel);
  }

  private ObjectNode group(String id) {
    List<String> users = slack.groups.get(id);
    if (users == null) {
      return FakeSlack.refusal("no_such_subteam");
    }
    ObjectNode answer = ok();
    users.forEach(answer.putArray("users")::add);
    return answer;
  }

  private ObjectNode redraw(Map<String, String> a) {
    JsonNode view = Samples.parse(a.getOrDefault("view", "{}"));
    List<String> errors = BlockKitRules.ofView(view);
    if (!errors.isEmpty()) {
      return withMessages("invalid_arguments", errors);
    }
    return slack.views.redrawn(a.getOrDefault("view_id", ""), view)
        ? ok()
        : FakeSlack.refusal("not_found");
  }

  private ObjectNode publish(Map<String, String> a) {
    JsonNode view = Samples.parse(a.getOrDefault("view", "{}"));
    List<String> errors = BlockKitRules.ofHome(view);
    if (!errors.isEmpty()) {
      return withMessages("invalid_arguments", errors);
    }
    if (!slack.views.homeTab) {
      return FakeSlack.refusal("not_enabled");
    }
    if (!a.getOrDefault("user_id", "").matches("[UW][A-Z0-9]+")) {
      return FakeSlack.refusal("user_not_found");
    }
    slack.views.published(a.getOrDefault("user_id", ""), view);
    return ok();
  }

  private ObjectNode history(Map<String, String> a) {
    ObjectNode answer = ok();
    ArrayNode list = answer.putArray("messages");
    boolean metadata =
        "1".equals(a.get("include_all_metadata")) || "true".equals(a.get("include_all_metadata"));
    List<SlackMessages.Message> newestFirst =
        slack.messages.all().reversed().stream()
            .filter(m -> m.channel().equals(a.get("channel")))
            .filter(m -> m.ts().compareTo(a.getOrDefault("oldest", "0")) > 0)
            .toList();
    int from = Integer.parseInt(a.getOrDefault("cursor", "0"));
    int to = Math.min(newestFirst.size(), from + Integer.parseInt(a.getOrDefault("limit", "100")));
    if (to < newestFirst.size()) {
      answer.putObject("response_metadata").put("next_cursor", Integer.toString(to));
    }
    for (var message : newestFirst.subList(from, to)) {
      ObjectNode entry =
          list.addObject()
              .put("type", "message")
              .put("ts", message.ts())
              .put("bot_id", "B0POSTERN1")
              .put("text", message.text());
      if (metadata) {
        entry.set("metadata", message.metadata());
      }
    }
    return answer;
  }

  /** What every message must keep to. */
  private @org.jspecify.annotations.Nullable ObjectNode check(Map<String, String> a) {
    String channel = a.getOrDefault("channel", "");
    boolean person = slack.members.contains(channel.replaceFirst("^D", ""));
    boolean ours = FakeSlack.CHANNEL.equals(channel) || slack.channels.containsKey(channel);
    if (!ours && !person) {
      return FakeSlack.refusal("channel_not_found");
    }
    String text = a.getOrDefault("text", "");
    if (text.isEmpty()) {
      return FakeSlack.refusal("no_text");
    }
    List<String> errors = BlockKitRules.ofMessage(Samples.parse(a.getOrDefault("blocks", "[]")));
    return errors.isEmpty() ? null : withMessages("invalid_blocks", errors);
  }

  private static ObjectNode withMessages(String error, List<String> messages) {
    ObjectNode answer = FakeSlack.refusal(error);
    ArrayNode list = answer.putObject("response_metadata").putArray("messages");
    messages.forEach(list::add);
    return answer;
  }

  private static ObjectNode ok() {
    return Kit.object().put("ok", true);
  }
}
