package dev.postern.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.policy.Action;
import dev.postern.policy.Freeze;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Party;
import dev.postern.policy.Reason;
import dev.postern.policy.Ruling;
import dev.postern.policy.Ruling.ByGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rulings as they stand in rows, in JSON. */
final class RulingCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RulingCodec() {}

  static String write(Ruling ruling) {
    ObjectNode node = JSON.createObjectNode();
    write(ruling.action(), node);
    node.put("rule", ruling.rule());
    write(ruling.reason(), node);
    node.put("policy", ruling.policyVersion());
    ArrayNode trace = node.putArray("trace");
    for (Ruling.Step step : ruling.trace()) {
      trace
          .addObject()
          .put("rule", step.rule())
          .put("matched", step.matched())
          .put("why", step.why());
    }
    write(ruling.notes(), node);
    return node.toString();
  }

  /** A text where all words are the policy's own, as it always was; else its pieces. */
  private static void write(Reason reason, ObjectNode node) {
    if (reason.pieces().stream().noneMatch(Reason.Piece::foreign)) {
      node.put("reason", reason.plain());
      return;
    }
    ArrayNode pieces = node.putArray("reason");
    for (Reason.Piece piece : reason.pieces()) {
      pieces.addObject().put("text", piece.text()).put("foreign", piece.foreign());
    }
  }

  private static void write(Ruling.Notes notes, ObjectNode node) {
    notes
        .frozen()
        .ifPresent(
            it ->
                node.putObject("frozen")
                    .put("person", it.person())
                    .put("name", it.name())
                    .put("since", it.since().toString())
                    .put("why", it.why()));
    notes.granted().ifPresent(it -> write(it, node.putObject("granted")));
    if (!notes.shadows().isEmpty()) {
      ArrayNode shadows = node.putArray("shadows");
      notes
          .shadows()
          .forEach(it -> shadows.addObject().put("rule", it.rule()).put("would", it.action()));
    }
  }

  private static void write(Action action, ObjectNode node) {
    node.put("action", action.word());
    if (action instanceof Action.Ask ask) {
      node.put("chain", ask.chain());
    }
  }

  private static void write(ByGrant by, ObjectNode node) {
    write(by.rule(), node);
    node.put("id", by.id().text());
    node.put("kind", by.terms().kind().word());
    node.put("from", by.terms().from().text());
    by.terms().to().ifPresent(to -> node.put("to", to.text()));
    node.put("until", by.terms().until().toString());
    node.put("most", by.terms().most());
    node.put("unproved", by.terms().unproved());
    by.terms().like().ifPresent(like -> node.set("like", LikeCodec.write(like)));
    node.put("owner", by.owner());
    node.put("name", by.name());
  }

  private static ByGrant granted(JsonNode node) {
    GrantTerms terms =
        new GrantTerms(
            GrantTerms.Kind.valueOf(Codec.text(node, "kind").toUpperCase(Locale.ROOT)),
            new Party(Codec.text(node, "from")),
            Optional.ofNullable(node.path("to").textValue()).map(Party::new),
            Instant.parse(Codec.text(node, "until")),
            node.path("most").asInt(),
            node.path("unproved").asBoolean(),
            LikeCodec.read(node.path("like")));
    return new ByGrant(
        new GrantId(Codec.text(node, "id")),
        terms,
        Codec.text(node, "owner"),
        Codec.text(node, "name"),
        action(node));
  }

  private static Action action(JsonNode node) {
    return switch (Codec.text(node, "action")) {
      case "release" -> new Action.Release();
      case "discard" -> new Action.Discard();
      case "ask" -> new Action.Ask(Codec.text(node, "chain"));
      default -> throw new StoreTrouble("a stored ruling has an unknown action");
    };
  }

  static Ruling read(String json) {
    JsonNode node = Codec.read(json);
    List<Ruling.Step> trace = new ArrayList<>();
    for (JsonNode step : node.path("trace")) {
      boolean matched = step.path("matched").asBoolean();
      trace.add(new Ruling.Step(Codec.text(step, "rule"), matched, Codec.text(step, "why")));
    }
    return new Ruling(
        action(node),
        Codec.text(node, "rule"),
        reason(node),
        Codec.text(node, "policy"),
        trace,
        notes(node));
  }

  private static Reason reason(JsonNode node) {
    JsonNode reason = node.path("reason");
    if (!reason.isArray()) {
      return Reason.own(reason.asText());
    }
    List<Reason.Piece> pieces = new ArrayList<>();
    for (JsonNode piece : reason) {
      pieces.add(
          new Reason.Piece(Codec.text(piece, "text"), piece.path("foreign").asBoolean(true)));
    }
    return new Reason(pieces);
  }

  private static Ruling.Notes notes(JsonNode node) {
    List<Ruling.Shadow> shadows = new ArrayList<>();
    for (JsonNode shadow : node.path("shadows")) {
      shadows.add(new Ruling.Shadow(Codec.text(shadow, "rule"), Codec.text(shadow, "would")));
    }
    Optional<Freeze> frozen =
        Optional.of(node.path("frozen"))
            .filter(JsonNode::isObject)
            .map(
                it ->
                    new Freeze(
                        Codec.text(it, "person"),
                        Codec.text(it, "name"),
                        Instant.parse(Codec.text(it, "since")),
                        Codec.text(it, "why")));
    Optional<ByGrant> granted =
        Optional.of(node.path("granted")).filter(JsonNode::isObject).map(RulingCodec::granted);
    return new Ruling.Notes(frozen, shadows, granted);
  }
}
