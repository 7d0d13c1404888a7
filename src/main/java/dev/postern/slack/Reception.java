package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where authenticated requests arrive, by HTTP or by Socket Mode: is it our app in our workspace,
 * and who deals with it.
 */
final class Reception {
  /** What is heard of the workspace; both manifests ask for just that. */
  static final Set<String> EVENTS = Set.of("app_uninstalled", "tokens_revoked", Home.EVENT);

  private final Supplier<Optional<Workspace>> workspace;
  private final Interactions interactions;
  private final Commands commands;
  private final Showing showing;
  private final WebApi api;

  Reception(
      Supplier<Optional<Workspace>> workspace,
      Interactions interactions,
      Commands commands,
      Showing showing,
      WebApi api) {
    this.workspace = workspace;
    this.interactions = interactions;
    this.commands = commands;
    this.showing = showing;
    this.api = api;
  }

  /** Whether the inbox keeps what an interaction says, and so takes it once. */
  boolean takesDown(JsonNode payload) {
    return interactions.takesDown(payload);
  }

  /** A button or a form. */
  Reply interaction(JsonNode payload) {
    return fromUs(
            Kit.text(payload.path("team").path("id")),
            Kit.text(payload.path("enterprise").path("id")),
            Kit.text(payload.path("api_app_id")))
        .orElseGet(
            () -> showing.interaction(payload).orElseGet(() -> interactions.handle(payload)));
  }

  /** A slash command. */
  Reply command(Map<String, String> fields) {
    return fromUs(
            fields.getOrDefault("team_id", ""),
            fields.getOrDefault("enterprise_id", ""),
            fields.getOrDefault("api_app_id", ""))
        .orElseGet(() -> commands.handle(fields));
  }

  /** A slash command as Socket Mode brings it. */
  Reply command(JsonNode payload) {
    Map<String, String> fields = new HashMap<>();
    payload.properties().forEach(e -> fields.put(e.getKey(), Kit.text(e.getValue())));
    return command(fields);
  }

  /** Something happened in the workspace, or Slack checks our address. */
  Reply event(JsonNode body) {
    return switch (Kit.text(body.path("type"))) {
      case "url_verification" ->
          Reply.json(Kit.object().put("challenge", Kit.text(body.path("challenge"))));
      case "event_callback" ->
          fromUs(
                  Kit.text(body.path("team_id")),
                  Kit.text(body.path("enterprise_id")),
                  Kit.text(body.path("api_app_id")))
              .orElseGet(() -> happened(Kit.text(body.path("team_id")), body.path("event")));
      default -> Reply.problem(400, "Not understood", "The field type names no known event.");
    };
  }

  private Reply happened(String team, JsonNode event) {
    String type = Kit.text(event.path("type"));
    if (type.equals(Home.EVENT)) {
      showing.opened(team, event);
    }
    boolean botRevoked = !event.path("tokens").path("bot").isEmpty();
    if (type.equals("app_uninstalled") || (type.equals("tokens_revoked") && botRevoked)) {
      api.note(
          "app",
          "The Slack app was removed from the workspace: install it again, set slack.bot-token to"
              + " its new token and restart.");
    }
    return Reply.ok();
  }

  /** The refusal for what is not ours. */
  private Optional<Reply> fromUs(String team, String enterprise, String app) {
    Optional<Workspace> home = workspace.get();
    if (home.isEmpty()) {
      return Optional.of(
          Reply.problem(503, "Not ready", "Slack has not told yet which workspace is ours."));
    }
    return home.get().owns(team, enterprise, app)
        ? Optional.empty()
        : Optional.of(
            Reply.problem(403, "Not ours", "The request is of another workspace or another app."));
  }
}
