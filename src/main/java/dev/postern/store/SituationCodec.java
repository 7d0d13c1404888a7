package dev.postern.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.policy.Granted;
import dev.postern.policy.SenderHistory;
import dev.postern.policy.Situation.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How what rules knew besides a message stands beside its evidence: the column {@code situation} of
 * {@code evidence}, which is NULL in rows of before there was one. With it, with the evidence and
 * with what the hold says, the same rules say the same again.
 */
final class SituationCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SituationCodec() {}

  static String write(Context context) {
    ObjectNode node = JSON.createObjectNode();
    node.put("at", context.at().toInstant().toString());
    context.gateway().ifPresent(said -> node.put("gateway", ReportRows.write(said)));
    write(context.domain(), node, "domain");
    write(context.address(), node, "address");
    Granted grants = context.grants();
    if (!grants.equals(Granted.NONE)) {
      node.putObject("grants")
          .put("allow", grants.allow())
          .put("block", grants.block())
          .put("id", grants.id());
    }
    return node.toString();
  }

  /** A sender of whom nothing was known has no field. */
  private static void write(SenderHistory known, ObjectNode node, String field) {
    if (known.equals(SenderHistory.NONE)) {
      return;
    }
    ObjectNode history =
        node.putObject(field)
            .put("seen", known.seen())
            .put("passed", known.passed())
            .put("asked", known.asked())
            .put("released", known.released())
            .put("discarded", known.discarded());
    known.first().ifPresent(at -> history.put("first", at.toString()));
    known.last().ifPresent(at -> history.put("last", at.toString()));
  }

  static Context read(String json) {
    JsonNode node = Codec.read(json);
    return new Context(
        Instant.parse(node.path("at").asText()).atZone(ZoneOffset.UTC),
        Optional.ofNullable(node.path("gateway").textValue()).map(ReportRows::read),
        history(node.path("domain")),
        history(node.path("address")),
        grants(node.path("grants")));
  }

  private static Granted grants(JsonNode node) {
    return new Granted(
        node.path("allow").asBoolean(), node.path("block").asBoolean(), node.path("id").asText());
  }

  private static SenderHistory history(JsonNode node) {
    return new SenderHistory(
        node.path("seen").asLong(),
        node.path("passed").asLong(),
        node.path("asked").asLong(),
        node.path("released").asLong(),
        node.path("discarded").asLong(),
        instant(node, "first"),
        instant(node, "last"));
  }

  private static Optional<Instant> instant(JsonNode node, String field) {
    return Optional.ofNullable(node.path(field).textValue()).map(Instant::parse);
  }
}
