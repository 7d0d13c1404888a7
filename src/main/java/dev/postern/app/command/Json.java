package dev.postern.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** JSON as commands print and read it. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** Indented, for people and programs alike. */
  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(notJson);
    }
  }

  /** The same in ASCII: for texts of strangers, which may hold what steers a terminal. */
  static String writeAscii(Object value) {
    try {
      return MAPPER
          .writerWithDefaultPrettyPrinter()
          .with(JsonWriteFeature.ESCAPE_NON_ASCII)
          .writeValueAsString(value);
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(notJson);
    }
  }

  /**
   * Reads a document.
   *
   * @throws JsonProcessingException when it is none
   */
  static JsonNode read(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }
}
