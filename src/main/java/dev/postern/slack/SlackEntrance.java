package dev.postern.slack;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /slack/events}: events, interactions and slash commands. Size, signature and age are
 * checked on the raw octets before anything is parsed.
 */
final class SlackEntrance {
  /** Where Slack is told to send everything. */
  static final String PATH = "/slack/events";

  static final int LARGEST_BODY = 1024 * 1024;

  private static final Logger log = LoggerFactory.getLogger(SlackEntrance.class);

  private final RequestCheck check;
  private final Replays replays;
  private final Reception reception;

  SlackEntrance(RequestCheck check, Reception reception) {
    this.check = check;
    this.replays = new Replays(check.clock());
    this.reception = reception;
  }

  void register(RoutesConfig routes) {
    routes.post(PATH, this::receive);
  }

  private void receive(Context context) throws IOException {
    Reply reply;
    try {
      reply = answer(context);
    } catch (RuntimeException ours) {
      log.error("A request of Slack failed", ours);
      reply = Reply.problem(500, "Failed", "Postern could not deal with this request.");
    }
    context.status(reply.status()).contentType(reply.type()).result(reply.body());
  }

  private Reply answer(Context context) throws IOException {
    if (context.contentLength() > LARGEST_BODY) {
      return tooLarge();
    }
    byte[] body = context.bodyInputStream().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      return tooLarge();
    }
    Optional<String> problem =
        check.problem(
            context.header("X-Slack-Request-Timestamp"), context.header("X-Slack-Signature"), body);
    if (problem.isPresent()) {
      log.warn("A request to {} was refused: {}", PATH, problem.get());
      return Reply.problem(401, "Not signed by Slack", problem.get());
    }
    String signature = String.valueOf(context.header("X-Slack-Signature"));
    return switch (replays.take(signature)) {
      case FIRST -> onlyOnce(signature, context, body);
      // Whoever has the answer to the first needs no other; whoever has not gets none.
      case AGAIN -> {
        log.info("A request to {} was the same as one before, and changed nothing", PATH);
        yield Reply.ok();
      }
      case TOO_MANY -> Reply.problem(503, "Too many", "More requests came than can be remembered.");
    };
  }

  /** What failed for reasons of ours is as if it had not come. */
  private Reply onlyOnce(String signature, Context context, byte[] body) {
    boolean taken = false;
    try {
      Reply reply = answer(context, body);
      taken = reply.status() < 500;
      return reply;
    } finally {
      if (!taken) {
        replays.forget(signature);
      }
    }
  }

  private Reply answer(Context context, byte[] body) {
    String type = Optional.ofNullable(context.contentType()).orElse("").toLowerCase(Locale.ROOT);
    String text = new String(body, StandardCharsets.UTF_8);
    if (type.startsWith("application/json")) {
      return Kit.read(text).map(reception::event).orElseGet(SlackEntrance::notJson);
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return form(text);
    }
    return Reply.problem(415, "Wrong kind of body", "Slack sends JSON or a form.");
  }

  private Reply form(String text) {
    Optional<Map<String, String>> fields = fields(text);
    if (fields.isEmpty()) {
      return Reply.problem(400, "Not a form", "The body is no application/x-www-form-urlencoded.");
    }
    String payload = fields.get().get("payload");
    if (payload != null) {
      return Kit.read(payload).map(reception::interaction).orElseGet(SlackEntrance::notJson);
    }
    if (fields.get().containsKey("command")) {
      return reception.command(fields.get());
    }
    if (fields.get().containsKey("ssl_check")) {
      return Reply.ok();
    }
    return Reply.problem(400, "Not understood", "The form has neither payload nor command.");
  }

  private static Optional<Map<String, String>> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    try {
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
      return Optional.of(fields);
    } catch (IllegalArgumentException badEscape) {
      return Optional.empty();
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Reply tooLarge() {
    return Reply.problem(413, "Too large", "Slack's requests are smaller than 1 MB.");
  }

  private static Reply notJson() {
    return Reply.problem(400, "Broken JSON", "The body, or its field payload, is no JSON object.");
  }
}
