package dev.postern.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.policy.GrantTerms.Like;
import java.util.Optional;

/** The samples of grants for a kind of message, in JSON. */
final class LikeCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LikeCodec() {}

  static ObjectNode write(Like like) {
    return JSON.createObjectNode()
        .put("case", like.caseId())
        .put("says", like.says())
        .put("found", like.found())
        .put("reported", like.reported())
        .put("subject", like.subject());
  }

  static Optional<Like> read(JsonNode node) {
    return Optional.of(node)
        .filter(JsonNode::isObject)
        .map(
            it ->
                new Like(
                    Codec.text(it, "case"),
                    Codec.text(it, "says"),
                    Codec.text(it, "found"),
                    Codec.text(it, "reported"),
                    Codec.text(it, "subject")));
  }
}
