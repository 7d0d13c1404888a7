package dev.postern.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The two documents that tell Teams' keys, over real HTTP: OpenID configuration and key set. */
public final class FakeMetadata implements AutoCloseable {
  /** Paths of Microsoft's. */
  public static final String CONFIGURATION = "/v1/.well-known/openidconfiguration";

  /** What goes wrong, on order. */
  public enum Trouble {
    NONE,
    ERROR,
    GARBAGE,
    HANGS,
    ENDLESS,
    REDIRECT,
    NO_KEYS
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile List<BotKey> keys = List.of();
  private volatile Trouble trouble = Trouble.NONE;
  private volatile String issuer;
  private volatile String keySet;

  /** The Bot Connector's. */
  public FakeMetadata() {
    this("https://api.botframework.com");
  }

  /** Somebody's; an empty issuer stands for the server's own address. */
  public FakeMetadata(String issuer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.issuer = issuer.isEmpty() ? address() : issuer;
    this.keySet = address() + "/v1/.well-known/keys";
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Where the server is, without a slash. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** For {@code teams.metadata-url}. */
  public URI configuration() {
    return URI.create(address() + CONFIGURATION);
  }

  /** From now on these keys, and no others. */
  public FakeMetadata publish(BotKey... now) {
    keys = List.of(now);
    return this;
  }

  /** From now on this goes wrong. */
  public void order(Trouble what) {
    trouble = what;
  }

  /** From now on the configuration names this issuer. */
  public void speakFor(String whom) {
    issuer = whom;
  }

  /** From now on the configuration names this key set. */
  public void pointTo(String address) {
    keySet = address;
  }

  /** Nobody is answered until the latch that comes back is counted down. */
  public CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** How often somebody asked for the configuration. */
  public int asked() {
    return asked.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      boolean configuration = path.contains("openid");
      if (configuration) {
        asked.incrementAndGet();
      }
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "");
        return;
      }
      await(gate);
      switch (trouble) {
        case NONE -> send(exchange, 200, configuration ? told().toString() : set().toString());
        case ERROR -> send(exchange, 500, "{\"issuer\":\"" + issuer + "\"}");
        case GARBAGE -> send(exchange, 200, "<html>");
        case HANGS -> await(closed);
        case ENDLESS -> send(exchange, 200, " ".repeat(1 << 20) + told());
        case REDIRECT -> {
          exchange.getResponseHeaders().add("Location", address() + "/other" + path);
          send(exchange, path.startsWith("/other") ? 200 : 302, told().toString());
        }
        case NO_KEYS -> send(exchange, 200, configuration ? told().toString() : "{\"keys\":[]}");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }

  private ObjectNode told() {
    ObjectNode told =
        JsonNodeFactory.instance.objectNode().put("issuer", issuer).put("jwks_uri", keySet);
    told.putArray("id_token_signing_alg_values_supported").add("RS256");
    return told;
  }

  private ObjectNode set() {
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    keys.forEach(key -> set.withArray("keys").add(key.published()));
    return set;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
  }

  @Override
  public void close() {
    closed.countDown();
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
