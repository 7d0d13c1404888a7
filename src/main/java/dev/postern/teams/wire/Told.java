package dev.postern.teams.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads what Microsoft told: absent, null and other than text are all no text. */
final class Told {
  private Told() {}

  static String text(JsonNode told, String field) {
    JsonNode value = told.path(field);
    return value.isTextual() ? value.textValue() : "";
  }
}
