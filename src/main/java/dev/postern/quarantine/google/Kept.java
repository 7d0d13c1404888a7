package dev.postern.quarantine.google;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One message of the quarantine, as the API shows it (developers.google.com, "REST Resource:
 * customers.quarantinedMessages"); every text is hostile.
 *
 * @param json the object as it came
 */
record Kept(JsonNode json) {

  /** What became of it. */
  enum State {
    PENDING_TRIAGE,
    RELEASED,
    DENIED,
    /** A word that is not known here. */
    UNKNOWN
  }

  State state() {
    return switch (json.path("state").asText("").toUpperCase(Locale.ROOT)) {
      case "PENDING_TRIAGE" -> State.PENDING_TRIAGE;
      case "RELEASED" -> State.RELEASED;
      case "DENIED" -> State.DENIED;
      default -> State.UNKNOWN;
    };
  }

  /** Its name below the customer; empty when it is none. */
  Optional<MessageName> name() {
    String name = json.path("name").asText("");
    return MessageName.parse(name.substring(name.lastIndexOf('/') + 1));
  }

  Optional<Instant> received() {
    try {
      return Optional.of(Instant.parse(json.path("receiveTime").asText("")));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  /** What the rule is called that put it there; empty where that is not told. */
  String rule() {
    return json.path("triggeredRules").path(0).path("displayName").asText("");
  }
}
