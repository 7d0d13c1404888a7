package dev.postern.fake;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server on this machine that does what it is asked, or misbehaves on order. */
public final class FakeHttp implements AutoCloseable {
  private static final int FLOOD = 8 * 1024 * 1024;

  /**
   * One request that arrived.
   *
   * @param errand what it asks, as the service names it
   * @param path its segments, decoded
   */
  public record Ask(
      String errand,
      String method,
      List<String> path,
      Map<String, String> query,
      Headers headers,
      String body) {}

  /** What is answered. */
  public record Answer(int status, String body) {}

  /** A service. */
  public interface Service {
    /** What a request asks, by its method and path; empty when there is no such thing. */
    String errand(String method, List<String> path);

    Answer perform(Ask ask);

    /** An error in the service's own form. */
    Answer refusal(int status, String code);

    /** Whether the service itself has enough of this caller. */
    default boolean tooMany(Ask ask) {
      return false;
    }

    /** What it says beside every answer. */
    default Map<String, String> headers() {
      return Map.of();
    }
  }

  private record Refusal(int status, String code) {}

  /** All requests, in the order of their coming. */
  public final List<Ask> asks = new CopyOnWriteArrayList<>();

  /** What {@code Retry-After} says with every misbehaviour by status; empty for no such header. */
  public volatile String retryAfter = "7";

  /** What goes wrong beside that which was ordered. */
  public volatile Supplier<Optional<Mishap>> weather = Optional::empty;

  private final Map<String, ConcurrentLinkedDeque<Object>> ordered = new ConcurrentHashMap<>();
  private final Map<String, Object> always = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Service service;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Listens at once. */
  public FakeHttp(Service service) {
    this.service = service;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it listens, without a slash at the end. */
  public String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Something else at the same address, below a path. */
  public void beside(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** The next requests of that errand go wrong like this, one after the other. */
  public void order(String errand, Mishap... mishaps) {
    queue(errand).addAll(List.of(mishaps));
  }

  /** The next request of that errand is refused. */
  public void refuse(String errand, int status, String code) {
    queue(errand).add(new Refusal(status, code));
  }

  /** Every request of that errand is refused until it is mended. */
  public void always(String errand, int status, String code) {
    always.put(errand, new Refusal(status, code));
  }

  /** Every request of that errand goes wrong like this until it is mended. */
  public void always(String errand, Mishap mishap) {
    always.put(errand, mishap);
  }

  public void mend(String errand) {
    always.remove(errand);
  }

  /** Requests are taken, and answered only when the latch is open. */
  public CountDownLatch shut() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** Which errands came, in order. */
  public List<String> errands() {
    return asks.stream().map(Ask::errand).toList();
  }

  private ConcurrentLinkedDeque<Object> queue(String errand) {
    return ordered.computeIfAbsent(errand, _ -> new ConcurrentLinkedDeque<>());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Ask ask = ask(exchange);
      asks.add(ask);
      gate.await();
      Object wrong = wrong(ask);
      switch (wrong) {
        case null -> answer(exchange, service.perform(ask));
        case Refusal it -> answer(exchange, service.refusal(it.status(), it.code()));
        case Mishap mishap -> misbehave(exchange, mishap, ask);
        default -> throw new AssertionError(wrong);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Object wrong(Ask ask) {
    if (service.tooMany(ask)) {
      return Mishap.RATE_LIMITED;
    }
    Object ordered = queue(ask.errand()).poll();
    if (ordered != null) {
      return ordered;
    }
    return weather.get().map(Object.class::cast).orElseGet(() -> always.get(ask.errand()));
  }

  private void misbehave(HttpExchange exchange, Mishap mishap, Ask ask)
      throws IOException, InterruptedException {
    switch (mishap) {
      case RATE_LIMITED -> asked(exchange, 429, "Throttled");
      case PRECONDITION -> asked(exchange, 412, "PreconditionFailed");
      case SERVER_ERROR -> asked(exchange, 500, "ServiceError");
      case BAD_GATEWAY -> asked(exchange, 502, "ServiceError");
      case UNAVAILABLE -> asked(exchange, 503, "");
      case GATEWAY_TIMEOUT -> asked(exchange, 504, "");
      case DONE_BUT_TIMED_OUT -> {
        service.perform(ask);
        asked(exchange, 504, "");
      }
      case LOST_ANSWER -> service.perform(ask);
      case DOUBLED -> {
        service.perform(ask);
        answer(exchange, service.perform(ask));
      }
      case RESET -> {} // closed without a word
      case SILENCE -> new CountDownLatch(1).await();
      case STUCK -> {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        new CountDownLatch(1).await();
      }
      case FLOOD -> {
        byte[] much = new byte[FLOOD];
        Arrays.fill(much, (byte) ' ');
        exchange.sendResponseHeaders(200, much.length);
        exchange.getResponseBody().write(much);
      }
      case REDIRECT -> {
        exchange.getResponseHeaders().set("Location", origin() + "/elsewhere");
        answer(exchange, new Answer(307, ""));
      }
      case GIBBERISH -> answer(exchange, new Answer(200, "<html>Sign in to the proxy</html>"));
    }
  }

  private void asked(HttpExchange exchange, int status, String code) throws IOException {
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    answer(exchange, code.isEmpty() ? new Answer(status, "") : service.refusal(status, code));
  }

  private void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] octets = answer.body().getBytes(StandardCharsets.UTF_8);
    service.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
  }

  private Ask ask(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String method = exchange.getRequestMethod();
    List<String> path =
        Arrays.stream(exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
            // In a path a plus is a plus.
            .map(segment -> decode(segment.replace("+", "%2B")))
            .toList();
    String errand = service.errand(method, path);
    Map<String, String> query = fields(String.valueOf(exchange.getRequestURI().getRawQuery()));
    return new Ask(errand, method, path, query, exchange.getRequestHeaders(), body);
  }

  /** The fields of a form or query. */
  public static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
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
