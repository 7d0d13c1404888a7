package dev.postern.intake.mtahooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stalwart's end of MTA Hooks as its source has it: shows a message at the data stage, addresses in
 * lower case, octets that are no UTF-8 replaced, and reads the answer as strictly as it does.
 */
public final class FakeStalwart implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ACTIONS = Set.of("accept", "discard", "reject", "quarantine");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI hook;
  private final String authorization;

  /** At which port mail comes in. */
  public volatile int port = 25;

  /** Who signed in; empty for nobody. */
  public volatile String login = "";

  /** What it calls the next message; grows with each. */
  public final AtomicLong queueId = new AtomicLong(0x18c2f3a4b5cL);

  /** Where the client is. */
  public volatile String client = "192.0.2.7";

  /** A hook with Basic authentication. */
  public FakeStalwart(URI hook, String user, String secret) {
    this.hook = hook;
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(UTF_8));
  }

  /**
   * What became of a message.
   *
   * @param reply to its client
   * @param goesOn whether Stalwart delivers it
   */
  public record Took(String reply, boolean goesOn) {}

  /** The message that it last went on with, as the answer had it changed; before its own fields. */
  public volatile String wentOn = "";

  /** A client sends a message. */
  public Took take(String from, List<String> to, byte[] message) {
    ObjectNode request = request(from, to, message);
    queueId.incrementAndGet();
    HttpResponse<String> response = send(request.toString());
    Took took = answered(response);
    if (took.goesOn()) {
      wentOn = changed(response.body(), new String(message, ISO_8859_1));
    }
    return took;
  }

  /**
   * Applies changes one after the other. A field that is deleted is counted among those of its
   * name; one that is added comes on top.
   */
  private static String changed(String body, String message) {
    int end = message.indexOf("\r\n\r\n") + 2;
    List<String> fields = fields(message.substring(0, end));
    try {
      for (JsonNode change : JSON.readTree(body).path("modifications")) {
        String name = change.required("name").textValue();
        switch (change.required("type").textValue()) {
          case "addHeader" ->
              fields.addFirst(name + ": " + change.required("value").textValue() + "\r\n");
          case "deleteHeader" -> delete(fields, name, change.required("index").intValue());
          default -> throw new AssertionError("a change that no version knows: " + change);
        }
      }
    } catch (IOException noJson) {
      throw new AssertionError(noJson);
    }
    return String.join("", fields) + message.substring(end);
  }

  private static void delete(List<String> fields, String name, int index) {
    int count = 0;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")
          && ++count == index) {
        fields.remove(i);
        return;
      }
    }
  }

  /** What is asked about a message. */
  public ObjectNode request(String from, List<String> to, byte[] message) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    ObjectNode context = request.putObject("context");
    context.put("stage", "data");
    ObjectNode from_ = context.putObject("client");
    from_.put("ip", client).put("port", 40321).putNull("ptr");
    from_.put("helo", "mx.partner.example").put("activeConnections", 1);
    if (!login.isEmpty()) {
      context.putObject("sasl").put("login", login);
    }
    context.putObject("server").put("name", "Stalwart").put("port", port).put("ip", "192.0.2.1");
    context.putObject("queue").put("id", Long.toHexString(queueId.get()));
    context.putObject("protocol").put("version", 1);
    ObjectNode envelope = request.putObject("envelope");
    envelope.putObject("from").put("address", from.toLowerCase(Locale.ROOT));
    ArrayNode recipients = envelope.putArray("to");
    to.forEach(one -> recipients.addObject().put("address", one.toLowerCase(Locale.ROOT)));
    show(request.putObject("message"), message);
    return request;
  }

  private static void show(ObjectNode shown, byte[] message) {
    String text = new String(message, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    ArrayNode headers = shown.putArray("headers");
    for (String field : fields(text.substring(0, end + 2))) {
      int colon = field.indexOf(':');
      headers
          .addArray()
          .add(lossy(field.substring(0, colon)))
          .add(lossy(field.substring(colon + 1)));
    }
    shown.put("contents", lossy(text.substring(end + 4)));
    shown.put("size", message.length);
  }

  private static List<String> fields(String section) {
    List<String> fields = new ArrayList<>();
    for (String line : section.split("(?<=\n)", -1)) {
      if (line.startsWith(" ") || line.startsWith("\t")) {
        fields.add(fields.removeLast() + line);
      } else if (!line.isEmpty()) {
        fields.add(line);
      }
    }
    return fields;
  }

  private static String lossy(String octets) {
    return new String(octets.getBytes(ISO_8859_1), UTF_8);
  }

  /** Asks. */
  public HttpResponse<String> send(String json) {
    try {
      return http.send(
          HttpRequest.newBuilder(hook)
              .header("Authorization", authorization)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException away) {
      throw new AssertionError("no answer of the hook", away);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  private static Took answered(HttpResponse<String> response) {
    Took error = new Took("451 4.3.5 Unable to accept message at this time.", false);
    if (response.statusCode() / 100 != 2) {
      return error;
    }
    try {
      JsonNode answer = JSON.readTree(response.body());
      String action = answer.path("action").asText("");
      if (!ACTIONS.contains(action)) {
        return error;
      }
      return switch (action) {
        case "accept" -> new Took("250 2.0.0 Message queued for delivery.", true);
        case "reject" -> new Took(reply(answer, "503 5.5.3 Message rejected."), false);
        // Of a message that is to be quarantined nobody hears any more, either.
        default -> new Took(reply(answer, "250 2.0.0 Message queued for delivery."), false);
      };
    } catch (IOException noJson) {
      return error;
    }
  }

  private static String reply(JsonNode answer, String usual) {
    JsonNode response = answer.path("response");
    if (!response.path("status").isInt() || !response.path("message").isTextual()) {
      return usual;
    }
    String enhanced = response.path("enhanced_status").asText("");
    return response.path("status").asInt()
        + " "
        + (enhanced.isEmpty() ? "" : enhanced + " ")
        + response.path("message").asText();
  }

  @Override
  public void close() {
    http.close();
  }
}
