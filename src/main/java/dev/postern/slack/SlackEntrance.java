package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Replays;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /slack/events}: events, interactions and slash commands. Size, signature and age are
 * checked on the raw octets before anything is parsed.
 */
public final class SlackEntrance {
  /** Where Slack is told to send everything. */
  public static final String PATH = "/slack/events";

  /** What a request is told that Slack did not sign. */
  public static final String UNSIGNED = "Not signed by Slack";

  static final int LARGEST_BODY = 1024 * 1024;

  /**
   * A signature that is five minutes ahead is good for ten minutes more; the clocks of replicas may
   * differ.
   */
  private static final Duration REMEMBERED = RequestCheck.TOLERANCE.multipliedBy(2).plusMinutes(1);

  private static final Reply AWAY =
      Reply.problem(503, "Not now", "Postern cannot tell at the moment whether this came before.");
  private static final Logger log = LoggerFactory.getLogger(SlackEntrance.class);

  private final RequestCheck check;
  private final Replays replays;
  private final Reception reception;

  SlackEntrance(RequestCheck check, Replays replays, Reception reception) {
    this.check = check;
    this.replays = replays;
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
      return Reply.problem(401, UNSIGNED, problem.get());
    }
    Signed request = new Signed(String.valueOf(context.header("X-Slack-Signature")));
    String type = Optional.ofNullable(context.contentType()).orElse("").toLowerCase(Locale.ROOT);
    String text = new String(body, StandardCharsets.UTF_8);
    if (type.startsWith("application/json")) {
      return Kit.read(text).map(request::event).orElseGet(SlackEntrance::notJson);
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return form(request, text);
    }
    return Reply.problem(415, "Wrong kind of body", "Slack sends JSON or a form.");
  }

  private static Reply form(Signed request, String text) {
    Optional<Map<String, String>> fields = fields(text);
    if (fields.isEmpty()) {
      return Reply.problem(400, "Not a form", "The body is no application/x-www-form-urlencoded.");
    }
    String payload = fields.get().get("payload");
    if (payload != null) {
      return Kit.read(payload).map(request::interaction).orElseGet(SlackEntrance::notJson);
    }
    if (fields.get().containsKey("command")) {
      return request.command(fields.get());
    }
    if (fields.get().containsKey("ssl_check")) {
      return Reply.ok();
    }
    return Reply.problem(400, "Not understood", "The form has neither payload nor command.");
  }

  /** A request whose signature was found right: whoever holds it could send it once more. */
  private final class Signed {
    private final String signature;

    Signed(String signature) {
      this.signature = signature;
    }

    /** The inbox takes each click once by itself, and is asked nothing beside. */
    Reply interaction(JsonNode payload) {
      return reception.takesDown(payload)
          ? reception.interaction(payload)
          : once(() -> reception.interaction(payload), AWAY);
    }

    /** Somebody is there to read why not. */
    Reply command(Map<String, String> fields) {
      return once(() -> reception.command(fields), Commands.notNow());
    }

    Reply event(JsonNode body) {
      return once(() -> reception.event(body), AWAY);
    }

    private Reply once(Supplier<Reply> work, Reply away) {
      try {
        if (!replays.take(signature, check.clock().instant().plus(REMEMBERED))) {
          // Whoever has the answer to the first needs no other; whoever has not gets none.
          log.info("A request to {} was the same as one before, and changed nothing", PATH);
          return Reply.ok();
        }
      } catch (RuntimeException storeTrouble) {
        log.warn(
            "A request to {} could not be told from others: {}", PATH, storeTrouble.toString());
        return away;
      }
      return whole(work);
    }

    /** What failed for reasons of ours is as if it had not come. */
    private Reply whole(Supplier<Reply> work) {
      boolean taken = false;
      try {
        Reply reply = work.get();
        taken = reply.status() < 500;
        return reply;
      } finally {
        if (!taken) {
          forget();
        }
      }
    }

    private void forget() {
      try {
        replays.forget(signature);
      } catch (RuntimeException storeTrouble) {
        // Slack signs anew what it delivers again.
        log.warn("A request that failed stays taken: {}", storeTrouble.toString());
      }
    }
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
