package dev.postern.app.bench.clicks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of Slack's Web API that Postern calls, on loopback: takes every card, remembers what its
 * release button carries, and counts the private answers that people would read.
 */
final class StandInSlack implements AutoCloseable {
  static final String TEAM = "T0BENCH001";
  static final String APP = "A0BENCH001";
  static final String CHANNEL = "C0BENCH001";
  static final String BOT_TOKEN = "xoxb-stands-in-for-a-token";

  /** How private answers begin that are no refusals. */
  private static final List<String> AGREED =
      List.of("Decided", "Your vote counts", "Your stage agrees", "Noted");

  private static final String RELEASE = "pn.release";

  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, Button> buttons = new ConcurrentHashMap<>();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final Javalin server;

  /**
   * The release button of a card.
   *
   * @param ts the message it stands in
   * @param block the id of its block
   * @param token what it carries
   */
  record Button(String ts, String block, String token) {}

  StandInSlack() {
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.startupWatcherEnabled = false;
              config.concurrency.useVirtualThreads = true;
              config.routes.post("/api/{method}", this::serve);
            });
    server.start("127.0.0.1", 0);
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + "/api/";
  }

  /** The newest release button for a case; empty before its card was posted. */
  Optional<Button> button(String caseId) {
    return Optional.ofNullable(buttons.get(caseId));
  }

  /** How many private answers people got. */
  long told() {
    return told.get();
  }

  /** How many of those said no. */
  long refusals() {
    return refusals.get();
  }

  private void serve(Context context) throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("ok", true);
    switch (context.pathParam("method")) {
      case "auth.test" ->
          answer
              .put("team_id", TEAM)
              .put("app_id", APP)
              .put("bot_id", "B0BENCH001")
              .put("user_id", "U0BENCHBOT");
      case "conversations.info" ->
          answer
              .putObject("channel")
              .put("id", context.formParam("channel"))
              .put("is_member", true);
      case "users.info" ->
          answer.putObject("user").put("id", context.formParam("user")).put("team_id", TEAM);
      case "chat.postMessage" -> {
        String ts = "1795503792.%06d".formatted(messages.incrementAndGet());
        remember(ts, context.formParam("blocks"));
        answer.put("channel", CHANNEL).put("ts", ts);
      }
      case "chat.update" -> {
        String ts = String.valueOf(context.formParam("ts"));
        remember(ts, context.formParam("blocks"));
        answer.put("channel", CHANNEL).put("ts", ts);
      }
      case "chat.postEphemeral" -> {
        tell(String.valueOf(context.formParam("text")));
        answer.put("message_ts", "1795503792.000000");
      }
      default -> answer.put("ok", false).put("error", "unknown_method");
    }
    context.header("x-oauth-scopes", "chat:write").contentType("application/json");
    context.result(answer.toString());
  }

  private void tell(String text) {
    if (AGREED.stream().noneMatch(text::startsWith)) {
      refusals.incrementAndGet();
    }
    told.incrementAndGet();
  }

  private void remember(String ts, @Nullable String blocks) throws IOException {
    if (blocks == null || !blocks.contains(RELEASE)) {
      return;
    }
    for (JsonNode block : mapper.readTree(blocks)) {
      for (JsonNode element : block.path("elements")) {
        if (element.path("action_id").asText().equals(RELEASE)) {
          String id = block.path("block_id").asText();
          buttons.put(id.split("[.]", -1)[1], new Button(ts, id, element.path("value").asText()));
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
