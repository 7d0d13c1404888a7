package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

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

  /** How a request goes wrong. */
  enum Mishap {
    RATE_LIMITED,
    SERVER_ERROR,
    /** Done, but the connection breaks before the answer. */
    LOST_ANSWER,
    /** Not done, and the connection breaks. */
    RESET,
    /** Nothing is answered at all. */
    SILENCE,
    /** Sends the caller to another address. */
    REDIRECT,
    /** A page instead of JSON. */
    GIBBERISH
  }

  /** One request that arrived. */
  record Call(String method, Map<String, String> arguments) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
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

  /** What goes wrong beside that which was ordered. */
  volatile Supplier<Optional<Mishap>> weather = Optional::empty;

  /** How many requests a time are too many; none are, unless a test says so. */
  volatile Optional<SlackRates> rates = Optional.empty();

  volatile String retryAfter = "7";
  volatile String socketUrl = "";

  private final Map<String, ConcurrentLinkedDeque<Object>> mishaps = new ConcurrentHashMap<>();
  private final Map<String, String> broken = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeSlack() {
    members.add("U0ANNA0001");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      JsonNode manifest = Samples.parse(Files.readString(Path.of("manifests/slack.json")));
      views.homeTab = manifest.at("/features/app_home/home_tab_enabled").asBoolean();
      manifest.at("/oauth_config/scopes/bot").forEach(s -> scopes.add(s.asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    responses = new FakeResponses(server);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/";
  }

  SlackSettings settings() {
    return new SlackSettings(BOT_TOKEN, SECRET, "", url(), CHANNEL, Pacing.ON);
  }

  /** The next calls of a method go wrong like this, one after the other. */
  void order(String method, Mishap... wrongs) {
    queue(method).addAll(List.of(wrongs));
  }

  /** The next call of a method is answered {@code "ok": false} with this error. */
  void refuse(String method, String error) {
    queue(method).add(error);
  }

  /** Every call of a method is refused with this error until it is mended. */
  void always(String method, String error) {
    broken.put(method, error);
  }

  void mended(String method) {
    broken.remove(method);
  }

  List<String> methods() {
    return calls.stream().map(Call::method).toList();
  }

  private ConcurrentLinkedDeque<Object> queue(String method) {
    return mishaps.computeIfAbsent(method, _ -> new ConcurrentLinkedDeque<>());
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = path.startsWith("/api/") ? path.substring("/api/".length()) : path;
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> arguments = form(body);
    calls.add(new Call(method, arguments));
    if (rates.filter(it -> it.exceeded(method, arguments)).isPresent()) {
      misbehave(exchange, Mishap.RATE_LIMITED, method, arguments);
      return;
    }
    Object wrong = queue(method).poll();
    if (wrong == null) {
      wrong = weather.get().orElse(null);
    }
    if (wrong == null) {
      wrong = broken.get(method);
    }
    if (wrong instanceof String error) {
      answer(exchange, 200, refusal(error).toString());
    } else if (wrong instanceof Mishap mishap) {
      misbehave(exchange, mishap, method, arguments);
    } else {
      answer(exchange, 200, perform(exchange, method, arguments).toString());
    }
  }

  private void misbehave(
      HttpExchange exchange, Mishap mishap, String method, Map<String, String> arguments)
      throws IOException {
    switch (mishap) {
      case RATE_LIMITED -> {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
        answer(exchange, 429, refusal("ratelimited").toString());
      }
      case SERVER_ERROR -> answer(exchange, 503, "upstream connect error");
      case LOST_ANSWER -> {
        perform(exchange, method, arguments);
        exchange.close();
      }
      case RESET -> exchange.close();
      case SILENCE -> {} // the exchange stays open until the caller gives up
      case REDIRECT -> {
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port() + "/elsewhere");
        answer(exchange, 307, "");
      }
      case GIBBERISH -> answer(exchange, 200, "<html>Sign in to the proxy</html>");
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private ObjectNode perform(HttpExchange exchange, String method, Map<String, String> arguments) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
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

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.getResponseHeaders().set("x-oauth-scopes", String.join(",", scopes));
    exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  static ObjectNode refusal(String error) {
    return Kit.object().put("ok", false).put("error", error);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
