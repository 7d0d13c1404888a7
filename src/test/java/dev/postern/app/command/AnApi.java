package dev.postern.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers on loopback as it is told to, and remembers what it was asked. */
final class AnApi implements AutoCloseable {
  final List<String> asked = new ArrayList<>();
  private final Map<String, Prepared> answers = new HashMap<>();
  private final HttpServer server;
  private final int port;

  private record Prepared(int status, String body) {}

  AnApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    port = server.getAddress().getPort();
  }

  AnApi answer(String request, int status, String body) {
    answers.put(request, new Prepared(status, body));
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add((request + " " + body).strip());
    boolean known =
        "Bearer the-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    Prepared answer =
        known
            ? answers.getOrDefault(request, problem(404, "There is no such case."))
            : problem(401, "Send a person's access token");
    byte[] octets = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  private static Prepared problem(int status, String detail) {
    return new Prepared(status, "{\"status\":%d,\"detail\":\"%s\"}".formatted(status, detail));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
