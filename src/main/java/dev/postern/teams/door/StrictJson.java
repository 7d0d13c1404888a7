package dev.postern.teams.door;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** Reads JSON that can be read in one way only. */
final class StrictJson {
  /** Activities with cards in them nest some fifteen deep. */
  static final int DEEPEST = 64;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** What somebody sent; empty when it is no JSON object, repeats a name or nests too deep. */
  static Optional<JsonNode> read(byte[] octets) {
    try {
      return Optional.ofNullable(JSON.readTree(octets)).filter(JsonNode::isObject);
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  /** The text at a path; empty when it is absent, blank or no text. */
  static Optional<String> text(JsonNode at, String path) {
    return Optional.ofNullable(at.at(path).textValue()).filter(text -> !text.isBlank());
  }
}
