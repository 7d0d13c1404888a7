package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.postern.fake.FakeHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The {@code response_url}s of the fake Slack (docs.slack.dev, "Handling user interaction"): five
 * uses within thirty minutes, JSON, and only the fields of a message.
 */
final class FakeResponses {
  private static final Set<String> FIELDS =
      Set.of(
          "response_type",
          "replace_original",
          "delete_original",
          "text",
          "blocks",
          "thread_ts",
          "mrkdwn");
  private static final int MOST_USES = 5;
  private static final Duration LIFE = Duration.ofMinutes(30);

  /** What was answered, in order. */
  final BlockingQueue<JsonNode> taken = new LinkedBlockingQueue<>();

  /** Why something was not taken. */
  final BlockingQueue<String> refused = new LinkedBlockingQueue<>();

  volatile Instant now = SlackRoom.NOW;

  private final Map<String, Instant> made = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> uses = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final FakeHttp http;

  FakeResponses(FakeHttp http) {
    this.http = http;
    http.beside("/commands/", this::serve);
  }

  /** A new address, as it comes with a command or a press. */
  String fresh() {
    String path = "/commands/T0/" + count.incrementAndGet() + "/x";
    made.put(path, now);
    return http.origin() + path;
  }

  /** The next answer; waits for one that is on its way. */
  JsonNode next() throws InterruptedException {
    JsonNode answer = taken.poll(20, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("nothing was answered; refused: " + refused);
    }
    return answer;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    List<String> wrong = new ArrayList<>(problems(exchange, body));
    if (wrong.isEmpty()) {
      taken.add(Samples.parse(body));
    } else {
      refused.add(wrong.toString());
    }
    byte[] answer = (wrong.isEmpty() ? "ok" : wrong.getFirst()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(wrong.isEmpty() ? 200 : 404, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private List<String> problems(HttpExchange exchange, String body) {
    String path = exchange.getRequestURI().getPath();
    Instant since = made.get(path);
    if (since == null || !now.isBefore(since.plus(LIFE))) {
      return List.of("expired_url");
    }
    if (uses.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet() > MOST_USES) {
      return List.of("used_url");
    }
    if (exchange.getRequestHeaders().containsKey("Authorization")) {
      return List.of("token_sent");
    }
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (!type.startsWith("application/json")) {
      return List.of("invalid_payload");
    }
    JsonNode message = Samples.parse(body);
    List<String> wrong = new ArrayList<>(BlockKitRules.ofMessage(message.path("blocks")));
    message
        .fieldNames()
        .forEachRemaining(f -> wrong.addAll(FIELDS.contains(f) ? List.of() : List.of(f)));
    if (message.path("text").asText().isEmpty()) {
      wrong.add("no_text");
    }
    if (!message.path("response_type").asText().equals("ephemeral")) {
      wrong.add("would be seen by everybody");
    }
    return wrong;
  }
}
