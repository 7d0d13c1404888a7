package dev.postern.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.card.Cleaner.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** One attack string of the design with the exact text to show. */
public record HostileVector(
    String id,
    Kind kind,
    String raw,
    String shown,
    int hidden,
    int symbols,
    int cutFrom,
    String note) {

  /** All of them. */
  public static List<HostileVector> all() {
    try (InputStream in =
        Objects.requireNonNull(HostileVector.class.getResourceAsStream("hostile-vectors.json"))) {
      JsonNode vectors = new ObjectMapper().readTree(in);
      return StreamSupport.stream(vectors.spliterator(), false).map(HostileVector::of).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static HostileVector of(JsonNode v) {
    JsonNode repeat = v.path("rawRepeat");
    String raw =
        repeat.isArray()
            ? repeat.get(0).asText().repeat(repeat.get(1).asInt())
            : v.get("raw").asText();
    return new HostileVector(
        v.get("id").asText(),
        Kind.valueOf(v.get("field").asText()),
        raw,
        v.get("shown").asText(),
        v.get("hidden").asInt(),
        v.get("symbols").asInt(),
        v.get("cutFrom").asInt(),
        v.path("note").asText(""));
  }

  @Override
  public String toString() {
    return id;
  }
}
