package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads what an activity claims: absent, null and other than text are all no text. */
final class Claim {
  private Claim() {}

  /** The text at the end of a path of fields; empty where there is none. */
  static String text(JsonNode json, String... path) {
    JsonNode at = json;
    for (String field : path) {
      at = at.path(field);
    }
    return at.isTextual() ? at.textValue() : "";
  }
}
