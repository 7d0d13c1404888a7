package dev.postern.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Campaign.Offer;
import dev.postern.approval.Campaign.Wanted;
import java.time.Duration;
import java.util.Optional;

/** What votes on a set can say of later messages, and who said it, in JSON. */
final class LaterCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LaterCodec() {}

  static String write(Offer offer) {
    ObjectNode node = JSON.createObjectNode();
    offer.pass().ifPresent(length -> node.put("pass", length.toString()));
    return node.put("stop", offer.stop().toString()).put("most", offer.most()).toString();
  }

  static Offer offer(String json) {
    JsonNode node = Codec.read(json);
    return new Offer(
        Optional.ofNullable(node.get("pass")).map(it -> Duration.parse(it.asText())),
        Duration.parse(Codec.text(node, "stop")),
        node.path("most").asInt());
  }

  static String write(Wanted wanted) {
    ObjectNode node = JSON.createObjectNode();
    wanted.people().forEach(node.putArray("people")::add);
    return node.put("chain", wanted.chain()).put("approves", wanted.approves()).toString();
  }

  static Wanted wanted(String json) {
    JsonNode node = Codec.read(json);
    return new Wanted(
        Codec.strings(node.path("people").toString()),
        Codec.text(node, "chain"),
        node.path("approves").asBoolean());
  }
}
