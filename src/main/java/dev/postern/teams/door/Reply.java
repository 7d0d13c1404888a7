package dev.postern.teams.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postern.teams.door.Verdict.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What Teams is answered.
 *
 * @param status HTTP status
 * @param type media type of the body
 * @param body empty for a bare acknowledgement
 */
public record Reply(int status, String type, Optional<JsonNode> body) {

  /** Taken; nothing more to say. */
  public static Reply ok() {
    return new Reply(200, "application/json", Optional.empty());
  }

  /** Taken, with an answer such as an invoke wants. */
  public static Reply json(JsonNode body) {
    return new Reply(200, "application/json", Optional.of(body));
  }

  /** Not taken (RFC 9457). */
  public static Reply problem(int status, String title, String detail) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    return new Reply(status, "application/problem+json", Optional.of(body));
  }

  static Reply of(Refused refused) {
    return problem(refused.status(), refused.title(), refused.reason());
  }

  byte[] octets() {
    return body.map(JsonNode::toString).orElse("").getBytes(StandardCharsets.UTF_8);
  }
}
