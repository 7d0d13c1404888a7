package dev.postern.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Backstory;
import dev.postern.approval.Ballot;
import dev.postern.approval.Campaign;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.HandOver;
import dev.postern.approval.Outcome;
import dev.postern.approval.OwnChat;
import dev.postern.approval.Stage;
import dev.postern.approval.Testimony;
import dev.postern.approval.Together;
import dev.postern.approval.Vote;
import dev.postern.evidence.EvidenceJson;
import dev.postern.evidence.GatewayReport;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Ruling;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A case in JSON, for programs: foreign text as it came, escaped by JSON alone. */
final class CaseJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CaseJson() {}

  /** The case without ballot and history, as lists carry it. */
  static ObjectNode brief(CaseFile file) {
    ObjectNode json = NODES.objectNode();
    json.put("id", file.id().text());
    json.put("state", file.state().name());
    json.put("version", file.version());
    json.put("source", file.hold().source());
    json.put("holdId", file.hold().id());
    json.put("receivedAt", file.receivedAt().toString());
    json.set("envelope", envelope(file.envelope()));
    json.set("message", message(file.message()));
    json.set("evidence", file.evidence().map(_ -> evidence(file)).orElse(null));
    json.set("ruling", file.ruling().map(CaseJson::ruling).orElse(null));
    json.set("stage", file.stage().map(s -> stage(s, file.votes())).orElse(null));
    json.set("decision", file.decision().map(CaseJson::decision).orElse(null));
    file.report().ifPresent(report -> json.set("gatewayReport", report(report)));
    json.set("outcome", file.outcome().map(CaseJson::outcome).orElseGet(NODES::arrayNode));
    json.put("trouble", file.warning());
    return json;
  }

  /** The whole case; {@code ballot} only for one who may vote now. */
  static ObjectNode whole(
      CaseFile file, Optional<Ballot> ballot, Backstory before, List<HistoryLine> history) {
    ObjectNode json = brief(file);
    ArrayNode heard = json.putArray("witnesses");
    before.testimonies().forEach(w -> heard.add(witness(w)));
    ArrayNode handed = json.putArray("handOvers");
    before.handOvers().forEach(over -> handed.add(handOver(over)));
    ArrayNode unasked = json.putArray("unasked");
    before.ownChats().stream()
        .filter(chat -> chat.missing().isPresent())
        .forEach(chat -> unasked.add(unasked(chat)));
    before.together().ifPresent(it -> json.set("together", together(it)));
    ballot.ifPresent(
        b -> {
          ObjectNode may = json.putObject("ballot");
          may.put("token", b.token());
          b.choices().forEach(may.putArray("choices")::add);
          may.put("breakGlass", b.stage().breakGlass());
          ArrayNode others = may.putArray("substitutes");
          b.substitutes().forEach(p -> others.addObject().put("id", p.id()).put("name", p.name()));
        });
    ArrayNode lines = json.putArray("history");
    for (HistoryLine line : history) {
      ObjectNode one = lines.addObject();
      one.put("number", line.number());
      one.put("at", line.at().toString());
      one.put("actor", line.actor());
      one.put("what", line.what());
      one.put("detail", line.detail());
    }
    return json;
  }

  /** The messages that are decided together; the set's digest is what votes on it carry. */
  private static ObjectNode together(Together it) {
    ObjectNode json = NODES.objectNode();
    json.put("leader", it.leader().text());
    json.put("state", it.campaign().state().name());
    json.put("place", it.place().name());
    json.put("set", it.campaign().number());
    json.put("digest", it.campaign().set().map(d -> d.hex()).orElse(null));
    json.put("frozenAt", it.campaign().frozenAt().toString());
    json.put("size", it.size());
    json.put("gathering", it.gathering());
    it.campaign().offer().ifPresent(offer -> json.set("later", later(offer)));
    json.put("laterCame", it.campaign().later());
    ArrayNode members = json.putArray("members");
    for (Together.Kin kin : it.set()) {
      members.addObject().put("id", kin.id().text()).put("state", kin.state().name());
    }
    return json;
  }

  /** On what terms a vote on the set can cover later ones. */
  private static ObjectNode later(Campaign.Offer offer) {
    ObjectNode json = NODES.objectNode();
    json.put("release", offer.pass().map(Duration::toString).orElse(null));
    return json.put("discard", offer.stop().toString()).put("most", offer.most());
  }

  private static ObjectNode witness(Testimony it) {
    ObjectNode json = NODES.objectNode();
    json.put("recipient", it.recipient().toString());
    json.put("person", it.personId());
    json.put("askedBy", it.asking().personId());
    json.put("askedAt", it.asking().at().toString());
    json.put("answer", it.reply().map(r -> r.word().word()).orElse(null));
    json.put("answeredAt", it.reply().map(r -> r.at().toString()).orElse(null));
    json.put("unreached", it.unreached().map(u -> u.why().word()).orElse(null));
    json.put("unreachedAt", it.unreached().map(u -> u.at().toString()).orElse(null));
    return json;
  }

  private static ObjectNode handOver(HandOver it) {
    ObjectNode json = NODES.objectNode();
    json.put("from", it.from().id());
    json.put("to", it.to().id());
    json.put("note", it.note());
    json.put("at", it.at().toString());
    json.put("untold", it.untold().map(why -> why.word()).orElse(null));
    return json;
  }

  private static ObjectNode unasked(OwnChat it) {
    ObjectNode json = NODES.objectNode();
    json.put("person", it.person().id());
    json.put("surface", it.place().map(CardPlace::surface).orElse(null));
    json.put("why", it.missing().orElseThrow().word());
    return json;
  }

  /** Adds {@code choice}, and {@code recipients} where it is for some of them. */
  static void choice(ObjectNode json, Choice choice) {
    json.put("choice", choice.word());
    if (choice.later()) {
      json.put("later", true);
    }
    if (choice instanceof Choice.ReleaseTo some) {
      ArrayNode to = json.putArray("recipients");
      some.recipients().forEach(r -> to.add(r.toString()));
    }
  }

  private static ObjectNode envelope(Envelope envelope) {
    ObjectNode json = NODES.objectNode();
    json.put("mailFrom", envelope.senderText());
    ArrayNode recipients = json.putArray("recipients");
    envelope.recipients().forEach(r -> recipients.add(r.toString()));
    json.put("clientIp", envelope.clientIp().getHostAddress());
    json.put("helo", envelope.helo());
    return json;
  }

  private static ObjectNode message(MessageSummary message) {
    ObjectNode json = NODES.objectNode();
    json.put("from", message.from());
    json.put("fromName", message.fromName());
    json.put("replyTo", message.replyTo());
    json.put("subject", message.subject());
    json.put("messageId", message.messageId());
    json.put("date", message.date());
    json.put("size", message.size());
    ArrayNode attachments = json.putArray("attachments");
    for (MessageSummary.Attachment attachment : message.attachments()) {
      ObjectNode one = attachments.addObject();
      one.put("name", attachment.name());
      one.put("type", attachment.type());
      one.put("size", attachment.size());
    }
    message.linkHosts().forEach(json.putArray("links")::add);
    return json;
  }

  /** The evidence document itself, and the digest that tokens, votes and the log carry. */
  private static ObjectNode evidence(CaseFile file) {
    ObjectNode json = NODES.objectNode();
    json.put("digest", file.digest().map(d -> d.hex()).orElse(null));
    String document = file.evidence().map(EvidenceJson::write).orElse("{}");
    try {
      json.setAll((ObjectNode) MAPPER.readTree(document));
    } catch (JsonProcessingException notOurDocument) {
      throw new IllegalStateException(notOurDocument);
    }
    return json;
  }

  private static ObjectNode ruling(Ruling ruling) {
    ObjectNode json = NODES.objectNode();
    json.put("action", ruling.action().word());
    json.put("rule", ruling.rule());
    json.put("reason", ruling.reason().plain());
    json.put("policyVersion", ruling.policyVersion());
    ruling
        .frozen()
        .ifPresent(
            it ->
                json.putObject("frozen")
                    .put("by", it.person())
                    .put("since", it.since().toString())
                    .put("reason", it.why()));
    ruling
        .notes()
        .granted()
        .ifPresent(
            it ->
                json.putObject("grant")
                    .put("id", it.id().text())
                    .put("kind", it.terms().kind().word())
                    .put("owner", it.owner())
                    .put("until", it.terms().until().toString()));
    ArrayNode shadows = json.putArray("shadows");
    for (Ruling.Shadow shadow : ruling.notes().shadows()) {
      shadows.addObject().put("rule", shadow.rule()).put("would", shadow.action());
    }
    ArrayNode trace = json.putArray("trace");
    for (Ruling.Step step : ruling.trace()) {
      ObjectNode one = trace.addObject();
      one.put("rule", step.rule());
      one.put("matched", step.matched());
      one.put("why", step.why());
    }
    return json;
  }

  private static ObjectNode stage(Stage stage, List<Vote> votes) {
    ObjectNode json = NODES.objectNode();
    json.put("ordinal", stage.ordinal());
    json.put("of", stage.of());
    json.put("name", stage.name());
    json.put("state", stage.state().name());
    stage.approvers().forEach(json.putArray("approvers")::add);
    json.put("quorum", stage.quorum());
    ArrayNode cast = json.putArray("votes");
    votes.forEach(v -> cast.add(vote(v)));
    json.put("opensAt", stage.opens().toString());
    json.put("closesAt", stage.closes().toString());
    return json;
  }

  private static ObjectNode vote(Vote vote) {
    ObjectNode json = NODES.objectNode();
    json.put("person", vote.personId());
    json.put("name", vote.personName());
    choice(json, vote.choice());
    json.put("reason", vote.reason());
    json.put("digest", vote.digest().hex());
    json.put("surface", vote.surface());
    json.put("at", vote.at().toString());
    return json;
  }

  private static ObjectNode decision(Decision decision) {
    ObjectNode json = NODES.objectNode();
    choice(json, decision.choice());
    json.put("by", decision.by().name().toLowerCase(Locale.ROOT));
    json.put("because", decision.because());
    json.put("at", decision.at().toString());
    return json;
  }

  /** The gateway's word, not ours. */
  private static ObjectNode report(GatewayReport report) {
    ObjectNode json = NODES.objectNode();
    json.put("gateway", report.gateway());
    json.put("action", report.action());
    json.put("score", report.score());
    ArrayNode findings = json.putArray("findings");
    for (GatewayReport.Finding finding : report.findings()) {
      ObjectNode one = findings.addObject();
      one.put("name", finding.name());
      one.put("score", finding.score());
      ArrayNode options = one.putArray("options");
      finding.options().forEach(options::add);
    }
    return json;
  }

  private static ArrayNode outcome(Outcome outcome) {
    ArrayNode json = NODES.arrayNode();
    for (Outcome.Result result : outcome.results()) {
      ObjectNode one = json.addObject();
      one.put("recipient", result.recipient().toString());
      one.put("kind", result.kind().name());
      one.put("proof", result.kind().proof());
      one.put("words", result.words());
    }
    return json;
  }
}
