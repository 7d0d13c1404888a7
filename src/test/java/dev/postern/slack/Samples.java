package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.card.CardSample;
import dev.postern.card.CardView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The design's samples by name. */
final class Samples {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Samples() {}

  static CardView card(String name) {
    return CardSample.named(name);
  }

  static JsonNode worded(String name) {
    return CardSample.worded(name);
  }

  static JsonNode slack(String name) {
    return json("blocks/" + name + ".json");
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static JsonNode json(String file) {
    try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(file), file)) {
      return JSON.readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
