package dev.postern.store;

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
    JsonNode node = Codec.read(json);
    return new Sighting(
        new Sender(
            Codec.text(node, "domain"),
            Codec.text(node, "address"),
            node.path("proved").asBoolean()),
        Instant.parse(Codec.text(node, "at")),
        Sighting.Fate.valueOf(Codec.text(node, "fate")));
  }
}
