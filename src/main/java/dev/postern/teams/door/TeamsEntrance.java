package dev.postern.teams.door;

import dev.postern.approval.Replays;
import dev.postern.teams.door.Verdict.Genuine;
import dev.postern.teams.door.Verdict.Refused;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/messages}: everything that Teams tells. Nothing is believed before the check.
 */
public final class TeamsEntrance {
  /** Where the Azure bot is told to send everything. */
  public static final String PATH = "/api/messages";

  /** What a request is told that does not prove to come from Teams. */
  public static final String UNPROVEN = "Not proven to come from Teams";

  /**
   * A message of Teams is at most 100 KB of UTF-16, without encoded images (learn.microsoft.com,
   * "Format your bot messages"), which Postern has none of; 150 KB at worst as UTF-8. What a card
   * sends back is no more than a card. The rest is for everything around.
   */
  public static final int LARGEST_BODY = 256 * 1024;

  private static final Logger log = LoggerFactory.getLogger(TeamsEntrance.class);

  private final DoorCheck check;
  private final Replays replays;
  private final Function<Activity, Reply> dispatch;

  /**
   * Lets in what is genuine.
   *
   * @param replays remembers what was taken, over all replicas
   * @param dispatch answers an activity, within Teams' five seconds; what it answers with 500 or
   *     more, or fails at, is as if it had not come
   */
  public TeamsEntrance(DoorCheck check, Replays replays, Function<Activity, Reply> dispatch) {
    this.check = check;
    this.replays = replays;
    this.dispatch = dispatch;
  }

  /** Adds {@code POST /api/messages}. */
  public void register(RoutesConfig routes) {
    routes.post(PATH, this::receive);
  }

  private void receive(Context context) throws IOException {
    Reply reply;
    try {
      reply = answer(context);
    } catch (RuntimeException ours) {
      log.error("A request of Teams failed", ours);
      reply = Reply.problem(500, "Failed", "Postern could not deal with this request.");
    }
    if (reply.status() == 401) {
      context.header("WWW-Authenticate", "Bearer"); // RFC 9110 §15.5.2
    }
    context.status(reply.status()).contentType(reply.type()).result(reply.octets());
  }

  private Reply answer(Context context) throws IOException {
    if (context.contentLength() > LARGEST_BODY) {
      return tooLarge();
    }
    byte[] body = context.bodyInputStream().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      return tooLarge();
    }
    if (!isJson(context.contentType())) {
      return Reply.problem(415, "Wrong kind of body", "Teams sends application/json.");
    }
    List<String> authorization = Collections.list(context.req().getHeaders("Authorization"));
    return switch (check.check(authorization, body)) {
      case Refused refused -> {
        log.warn("A request to {} was refused: {}", PATH, refused.reason());
        yield Reply.of(refused);
      }
      case Genuine genuine -> once(genuine);
    };
  }

  private static boolean isJson(@Nullable String type) {
    String media = Optional.ofNullable(type).orElse("").replaceFirst(";.*", "").strip();
    return media.toLowerCase(Locale.ROOT).equals("application/json");
  }

  /**
   * The same activity does nothing a second time for as long as the token that came with it would
   * be believed. The token does not cover the body, so this is no guard against who stole one: it
   * is for what Teams itself delivers twice, and for a request that is sent again as it was.
   */
  private Reply once(Genuine genuine) {
    if (pressed(genuine.activity())) {
      return dispatch.apply(genuine.activity());
    }
    String key = nameOf(genuine.activity());
    try {
      if (!replays.take(key, genuine.believedUntil())) {
        log.info("A request to {} was the same as one before, and changed nothing", PATH);
        return Reply.ok();
      }
    } catch (RuntimeException storeTrouble) {
      log.warn("A request to {} could not be told from others: {}", PATH, storeTrouble.toString());
      return Reply.problem(
          503, "Not now", "Postern cannot tell at the moment whether this came before.");
    }
    return whole(key, genuine.activity());
  }

  /** The inbox takes each press once by itself, and whoever pressed waits for the same answer. */
  private static boolean pressed(Activity activity) {
    String name = StrictJson.text(activity.json(), "/name").orElse("");
    return activity.type().equals("invoke")
        && (name.equals("adaptiveCard/action") || name.equals("task/submit"));
  }

  /**
   * Ids are unique within a conversation only, and an edit or a reaction has the id of its message.
   */
  private static String nameOf(Activity activity) {
    return String.join(
        "\n",
        "teams",
        activity.tenant(),
        activity.conversation(),
        activity.type(),
        StrictJson.text(activity.json(), "/name").orElse(""),
        activity.id());
  }

  /** What failed for reasons of ours is as if it had not come. */
  private Reply whole(String key, Activity activity) {
    boolean taken = false;
    try {
      Reply reply = dispatch.apply(activity);
      taken = reply.status() < 500;
      return reply;
    } finally {
      if (!taken) {
        forget(key);
      }
    }
  }

  private void forget(String key) {
    try {
      replays.forget(key);
    } catch (RuntimeException storeTrouble) {
      log.warn("A request that failed stays taken: {}", storeTrouble.toString());
    }
  }

  private static Reply tooLarge() {
    return Reply.problem(413, "Too large", "Teams' requests are smaller than 256 KiB.");
  }
}
