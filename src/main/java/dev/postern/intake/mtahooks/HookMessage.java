package dev.postern.intake.mtahooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.mail.RawMessage;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * A message put together from its fields and contents. JSON has texts, not octets: the MTA writes
 * every octet that is no UTF-8 as U+FFFD, and nobody can tell what it was. The size that it tells
 * shows whether anything else is missing.
 *
 * @param raw the octets as far as they are known
 * @param exact whether they are those that came
 */
record HookMessage(RawMessage raw, boolean exact) {
  private static final String LOST = "\uFFFD";

  /**
   * Puts one together.
   *
   * @param message the JSON of it
   * @return empty where a field is no pair of texts
   */
  static Optional<HookMessage> of(JsonNode message) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(8 << 10);
    boolean whole = true;
    for (JsonNode field : message.path("headers")) {
      String name = field.path(0).asText("");
      if (!field.isArray() || field.size() != 2 || !field.path(1).isTextual() || name.isEmpty()) {
        return Optional.empty();
      }
      String line = line(name, field.path(1).asText());
      whole &= !line.contains(LOST);
      octets.writeBytes(line.getBytes(UTF_8));
    }
    String contents = message.path("contents").asText();
    whole &= !contents.contains(LOST);
    octets.writeBytes("\r\n".getBytes(UTF_8));
    octets.writeBytes(contents.getBytes(UTF_8));
    RawMessage raw = RawMessage.of(octets.toByteArray());
    return Optional.of(new HookMessage(raw, whole && raw.size() == message.path("size").asInt(-1)));
  }

  /** A value has its leading blank and its line end, or, in the documentation, neither. */
  private static String line(String name, String value) {
    boolean ended = value.endsWith("\n");
    return ended ? name + ":" + value : name + ": " + value + "\r\n";
  }
}
