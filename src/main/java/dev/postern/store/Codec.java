package dev.postern.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Decision;
import dev.postern.approval.Identity;
import dev.postern.approval.Outcome;
import dev.postern.approval.Refusal;
import dev.postern.approval.Testimony;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.MessageSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How values that no query looks into stand in a column: JSON, spelled out field by field. */
final class Codec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Codec() {}

  static String strings(List<String> values) {
    ArrayNode array = JSON.createArrayNode();
    values.forEach(array::add);
    return array.toString();
  }

  static List<String> strings(String json) {
    List<String> values = new ArrayList<>();
    read(json).forEach(v -> values.add(v.textValue()));
    return values;
  }

  static String addresses(List<EmailAddress> addresses) {
    return strings(addresses.stream().map(EmailAddress::toString).toList());
  }

  static List<EmailAddress> addresses(String json) {
    return strings(json).stream().map(Codec::address).toList();
  }

  static EmailAddress address(String text) {
    return EmailAddress.parse(text)
        .orElseThrow(() -> new StoreTrouble("a stored address is not one: " + text.length()));
  }

  static String summary(MessageSummary summary) {
    return JSON.valueToTree(summary).toString();
  }

  static MessageSummary summary(String json) {
    try {
      return JSON.treeToValue(read(json), MessageSummary.class);
    } catch (JsonProcessingException e) {
      throw new StoreTrouble("a stored message summary cannot be read", e);
    }
  }

  static String choice(Choice choice) {
    return choiceNode(choice).toString();
  }

  static Choice choice(String json) {
    return choice(read(json));
  }

  private static ObjectNode choiceNode(Choice choice) {
    ObjectNode node = JSON.createObjectNode();
    switch (choice) {
      case Choice.ReleaseAll _, Choice.Discard _ -> node.put("kind", choice.word());
      case Choice.ReleaseTo some -> {
        node.put("kind", "release-to");
        ArrayNode to = node.putArray("to");
        some.recipients().forEach(r -> to.add(r.toString()));
      }
    }
    return choice.later() ? node.put("later", true) : node;
  }

  private static ObjectNode act(Act act) {
    return switch (act) {
      case Choice choice -> choiceNode(choice);
      case Act.Withdraw _, Act.StepAside _, Act.Recheck _ ->
          JSON.createObjectNode().put("kind", act.word());
      case Act.HandOver over ->
          JSON.createObjectNode().put("kind", act.word()).put("person", over.to());
      case Act.Ask ask ->
          JSON.createObjectNode()
              .put("kind", act.word())
              .put("recipient", ask.recipient().toString());
      case Act.Testify said ->
          JSON.createObjectNode()
              .put("kind", act.word())
              .put("answer", said.is().word())
              .put("message", said.message());
    };
  }

  private static Act act(JsonNode node) {
    return switch (text(node, "kind")) {
      case "withdraw" -> new Act.Withdraw();
      case "step-aside" -> new Act.StepAside();
      case "hand-over" -> new Act.HandOver(text(node, "person"));
      case "recheck" -> new Act.Recheck();
      case "ask" -> new Act.Ask(address(text(node, "recipient")));
      case "testify" ->
          new Act.Testify(Testimony.Word.of(text(node, "answer")), node.path("message").asText(""));
      default -> choice(node);
    };
  }

  private static Choice choice(JsonNode node) {
    return switch (text(node, "kind")) {
      case "release" -> new Choice.ReleaseAll(node.path("later").asBoolean());
      case "discard" -> new Choice.Discard(node.path("later").asBoolean());
      case "release-to" -> new Choice.ReleaseTo(addresses(node.path("to").toString()));
      default -> throw new StoreTrouble("a stored choice has an unknown kind");
    };
  }

  static String click(Click click) {
    ObjectNode node = JSON.createObjectNode();
    node.put("event", click.eventId()).put("surface", click.surface());
    node.put("platform", click.who().platform()).put("tenant", click.who().tenant());
    node.put("user", click.who().user()).put("token", click.token()).put("place", click.place());
    node.set("choice", act(click.act()));
    return node.put("reason", click.reason()).toString();
  }

  static Click click(String json) {
    JsonNode node = read(json);
    return new Click(
        text(node, "event"),
        text(node, "surface"),
        new Identity(text(node, "platform"), text(node, "tenant"), text(node, "user")),
        text(node, "token"),
        text(node, "place"),
        act(node.path("choice")),
        text(node, "reason"));
  }

  static String answer(Answer answer) {
    ObjectNode node = JSON.createObjectNode();
    switch (answer) {
      case Answer.Counted counted ->
          node.put("kind", "counted")
              .put("case", counted.caseId().text())
              .put("missing", counted.missing());
      case Answer.Decided decided ->
          node.put("kind", "decided")
              .put("case", decided.caseId().text())
              .set("choice", choiceNode(decided.choice()));
      case Answer.PassedOn passedOn ->
          node.put("kind", "passed-on")
              .put("case", passedOn.caseId().text())
              .put("next", passedOn.next());
      case Answer.Noted noted -> node.put("kind", "noted").put("case", noted.caseId().text());
      case Answer.Looking looking ->
          node.put("kind", "looking").put("case", looking.caseId().text());
      case Answer.Asked asked -> node.put("kind", "asked").put("case", asked.caseId().text());
      case Answer.Heard heard -> node.put("kind", "heard").put("case", heard.caseId().text());
      case Answer.Refused refused -> {
        node.put("kind", "refused").put("why", refused.why().name());
        node.put("detail", refused.detail());
        refused.caseId().ifPresent(id -> node.put("case", id.text()));
      }
    }
    return node.toString();
  }

  static Answer answer(String json) {
    JsonNode node = read(json);
    return switch (text(node, "kind")) {
      case "counted" ->
          new Answer.Counted(new CaseId(text(node, "case")), node.path("missing").asInt());
      case "decided" ->
          new Answer.Decided(new CaseId(text(node, "case")), choice(node.path("choice")));
      case "passed-on" -> new Answer.PassedOn(new CaseId(text(node, "case")), text(node, "next"));
      case "noted" -> new Answer.Noted(new CaseId(text(node, "case")));
      case "looking" -> new Answer.Looking(new CaseId(text(node, "case")));
      case "asked" -> new Answer.Asked(new CaseId(text(node, "case")));
      case "heard" -> new Answer.Heard(new CaseId(text(node, "case")));
      case "refused" ->
          new Answer.Refused(
              Refusal.valueOf(text(node, "why")),
              text(node, "detail"),
              CaseId.parse(text(node, "case")));
      default -> throw new StoreTrouble("a stored answer has an unknown kind");
    };
  }

  static String outcome(Outcome outcome) {
    ArrayNode array = JSON.createArrayNode();
    for (Outcome.Result result : outcome.results()) {
      array
          .addObject()
          .put("to", result.recipient().toString())
          .put("kind", result.kind().name())
          .put("words", result.words());
    }
    return array.toString();
  }

  static Outcome outcome(String json) {
    List<Outcome.Result> results = new ArrayList<>();
    for (JsonNode node : read(json)) {
      Outcome.Kind kind = Outcome.Kind.valueOf(text(node, "kind"));
      results.add(new Outcome.Result(address(text(node, "to")), kind, text(node, "words")));
    }
    return new Outcome(results);
  }

  static String decision(Decision decision) {
    ObjectNode node = JSON.createObjectNode();
    node.set("choice", choiceNode(decision.choice()));
    node.put("by", decision.by().name()).put("because", decision.because());
    return node.put("at", decision.at().toString()).toString();
  }

  static Decision decision(String json) {
    JsonNode node = read(json);
    return new Decision(
        choice(node.path("choice")),
        Decision.By.valueOf(text(node, "by")),
        text(node, "because"),
        Instant.parse(text(node, "at")));
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  /** A stored value. */
  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new StoreTrouble("a stored value is no JSON", e);
    }
  }
}
