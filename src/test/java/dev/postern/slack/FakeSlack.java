package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.pace.Pacing;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The part of Slack's Web API that Postern calls, as strict as Slack's documents: token in the
 * header, form encoding, known arguments, scopes of our own manifest, Block Kit's limits, Slack's
 * own error words. Misbehaves on order.
 */
final class FakeSlack implements AutoCloseable {
  static final String BOT_TOKEN = "xoxb-FAKE0token0of0the0test0bot";
  static final String APP_TOKEN = "xapp-FAKE0token0of0the0test0app";
  static final String SECRET = "0123456789abcdef0123456789abcdef";
  static final String TEAM = "T0CORP0001";
  static final String APP = "A0POSTERN1";
  static final String CHANNEL = "C0MAILOPS1";

  /** Errors that a correct client never sees. */
  private static final Set<String> FAULTS =
      Set.of(
          "not_authed",
          "invalid_auth",
          "invalid_post_type",
          "missing_scope",
          "invalid_arguments",
          "unknown_method",
          "invalid_blocks",
          "no_text",
          "postern_must_switch_mrkdwn_off");

  /** One request that arrived. */
  record Call(String method, Map<String, String> arguments) {}

  /** What goes wrong, and what came; errands are the methods. */
  final FakeHttp http = new FakeHttp(new Api());

  /** Why requests were refused as no correct client's are; empty in a good test. */
  final List<String> faults = new CopyOnWriteArrayList<>();

  final BlockingQueue<JsonNode> opened = new LinkedBlockingQueue<>();

  final BlockingQueue<Map<String, String>> whispered = new LinkedBlockingQueue<>();
  final Set<String> scopes = ConcurrentHashMap.newKeySet();
  final SlackMessages messages = new SlackMessages();

  /** People of the workspace, whom the app can write to. */
  final Set<String> members = ConcurrentHashMap.newKeySet();

  final FakeResponses responses;
  final FakeViews views = new FakeViews();
  final Set<String> triggers = ConcurrentHashMap.newKeySet();

  /** Fields in which an account differs from a full member of our workspace, by its id. */
  final Map<String, ObjectNode> accounts = new ConcurrentHashMap<>();

  /** Whose mail address is whose account, where it is not the account's id. */
  final Map<String, String> addresses = new ConcurrentHashMap<>();

  /** Fields in which a channel differs from a private one with Postern in it, by its id. */
  final Map<String, ObjectNode> channels = new ConcurrentHashMap<>();

  /** Accounts in each user group, by its id. */
  final Map<String, List<String>> groups = new ConcurrentHashMap<>();

  /** How many requests a time are too many; none are, unless a test says so. */
  volatile Optional<StrictRates> rates = Optional.empty();

  volatile String socketUrl = "";

  FakeSlack() {
    members.add("U0ANNA0001");
    try {
      JsonNode manifest = Samples.parse(Files.readString(Path.of("manifests/slack.json")));
      views.homeTab = manifest.at("/features/app_home/home_tab_enabled").asBoolean();
      manifest.at("/oauth_config/scopes/bot").forEach(s -> scopes.add(s.asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    responses = new FakeResponses(http);
  }

  String url() {
    return http.origin() + "/api/";
  }

  SlackSettings settings() {
    return new SlackSettings(BOT_TOKEN, SECRET, "", url(), CHANNEL, Pacing.ON);
  }

  /** The next call of a method is answered {@code "ok": false} with this error. */
  void refuse(String method, String error) {
    http.refuse(method, 200, error);
  }

  /** Every call of a method is refused with this error until it is mended. */
  void always(String method, String error) {
    http.always(method, 200, error);
  }

  /** All calls, in the order of their coming. */
  List<Call> calls() {
    return http.asks.stream()
        .map(ask -> new Call(ask.errand(), FakeHttp.fields(ask.body())))
        .toList();
  }

  List<String> methods() {
    return http.errands();
  }

  private final class Api implements FakeHttp.Service {
    @Override
    public String errand(String verb, List<String> path) {
      boolean method = path.size() == 2 && path.getFirst().equals("api");
      return method ? path.getLast() : "/" + String.join("/", path);
    }

    @Override
    public boolean tooMany(Ask ask) {
      return rates.filter(it -> it.exceeded(ask.errand(), FakeHttp.fields(ask.body()))).isPresent();
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("x-oauth-scopes", String.join(",", scopes));
    }

    @Override
    public Answer refusal(int status, String code) {
      return switch (status) {
        case 200 -> new Answer(200, FakeSlack.refusal(code).toString());
        case 429 -> new Answer(429, FakeSlack.refusal("ratelimited").toString());
        default -> new Answer(status, "upstream connect error");
      };
    }

    @Override
    public Answer perform(Ask ask) {
      ObjectNode answer = answer(ask, FakeHttp.fields(ask.body()));
      if (FAULTS.contains(answer.path("error").asText())) {
        faults.add(ask.errand() + ": " + answer);
      }
      return new Answer(200, answer.toString());
    }
  }

  private ObjectNode answer(Ask ask, Map<String, String> arguments) {
    String method = ask.errand();
    String authorization = ask.headers().getFirst("Authorization");
    String type = String.valueOf(ask.headers().getFirst("Content-Type"));
    String token = method.equals("apps.connections.open") ? APP_TOKEN : BOT_TOKEN;
    if (authorization == null) {
      return refusal("not_authed");
    }
    if (!authorization.equals("Bearer " + token) || arguments.containsKey("token")) {
      return refusal("invalid_auth");
    }
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      return refusal("invalid_post_type");
    }
    String needed = SlackMethods.missingScope(method, arguments, scopes);
    if (!needed.isEmpty()) {
      return refusal("missing_scope").put("needed", needed);
    }
    Set<String> unknown = new HashSet<>(arguments.keySet());
    unknown.removeAll(SlackMethods.arguments(method));
    if (!unknown.isEmpty()) {
      return refusal("invalid_arguments").put("unknown", unknown.toString());
    }
    return new SlackMethods(this).perform(method, arguments);
  }

  static ObjectNode refusal(String error) {
    return Kit.object().put("ok", false).put("error", error);
  }

  @Override
  public void close() {
    http.close();
  }
}
