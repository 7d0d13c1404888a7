package dev.postern.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.approval.Sender;
import dev.postern.approval.Sighting;
import java.time.Instant;

/** As what a case is counted for its sender: the column {@code sighting} of {@code case_file}. */
final class SightingCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SightingCodec() {}

  static String write(Sighting it) {
    return JSON.createObjectNode()
        .put("domain", it.sender().domain())
        .put("address", it.sender().address())
        .put("proved", it.sender().proved())
        .put("at", it.at().toString())
        .put("fate", it.fate().name())
        .toString();
  }

  static Sighting read(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return new Sighting(
          new Sender(
              node.path("domain").asText(),
              node.path("address").asText(),
              node.path("proved").asBoolean()),
          Instant.parse(node.path("at").asText()),
          Sighting.Fate.valueOf(node.path("fate").asText()));
    } catch (JsonProcessingException e) {
      throw new StoreTrouble("as what a case is counted is no JSON", e);
    }
  }
}
