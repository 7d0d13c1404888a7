package dev.postern.quarantine.rspamd;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Answers like the controller of rspamd 3.4: a lesson is a POST with a body and the password, which
 * is 401 when it is wrong, 400 without a body, and 404 elsewhere.
 */
public final class ScriptedController implements AutoCloseable {
  public static final String PASSWORD = "teach me not";

  private final HttpServer server;
  private final List<Lesson> taught = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "{\"success\":true}";
  private volatile boolean hangsUp;

  /** What came. */
  public record Lesson(String path, String message) {}

  public ScriptedController() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public TeacherSettings settings() {
    return settings(PASSWORD);
  }

  public TeacherSettings settings(String password) {
    URI at = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new TeacherSettings(at, password);
  }

  /** What every good lesson is answered with from now on. */
  public ScriptedController answering(int code, String text) {
    status = code;
    body = text;
    return this;
  }

  /** Takes the lesson, and closes the connection without an answer. */
  public ScriptedController hangingUp() {
    hangsUp = true;
    return this;
  }

  public List<Lesson> taught() {
    return taught;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String message =
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    String path = exchange.getRequestURI().getPath();
    String password = exchange.getRequestHeaders().getFirst("Password");
    if (!exchange.getRequestMethod().equals("POST")
        || !List.of("/learnham", "/learnspam").contains(path)) {
      answer(exchange, 404, "{\"error\":\"not found\"}");
    } else if (!Objects.equals(password, PASSWORD)) {
      answer(exchange, 401, "{\"error\":\"Unauthorized\"}");
    } else if (message.isEmpty()) {
      answer(exchange, 400, "{\"error\":\"Empty body is not permitted\"}");
    } else {
      taught.add(new Lesson(path, message));
      if (hangsUp) {
        exchange.close();
      } else {
        answer(exchange, status, body);
      }
    }
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, octets.length == 0 ? -1 : octets.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(octets);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
