package dev.postern.teams.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** How the design shows cards in Teams, by name. */
final class TeamsSamples {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TeamsSamples() {}

  static JsonNode named(String name) {
    return json("samples/" + name + ".json");
  }

  static JsonNode json(String file) {
    try (InputStream in = TeamsSamples.class.getResourceAsStream(file)) {
      return JSON.readTree(Objects.requireNonNull(in, file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Read again: a number built in code is of another class than the same number read. */
  static JsonNode reread(JsonNode built) {
    try {
      return JSON.readTree(built.toString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
