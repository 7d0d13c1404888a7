package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Ballot;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Person;
import dev.postern.card.SampleCases;
import dev.postern.policy.StagePlan.ReasonRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A card in Slack whose menu of rare actions is opened. */
abstract class AtTheMenu {
  static final String TOKEN = "pn1.X8Qm3ZOlCltH8tHpnC3M14l7KgyGiOkh";
  static final String WHOM = "pn.m.whom/pn.whom";

  SlackRoom room;

  @BeforeEach
  void open() throws Exception {
    room = new SlackRoom();
    mayDecide("release", "discard", "step-aside", "hand-over");
  }

  @AfterEach
  void close() {
    room.close();
  }

  SlackMessages.Message ours() throws Exception {
    CaseFile it = room.asking(ReasonRule.NEVER);
    var card = WitnessSample.drawn(it, TOKEN);
    room.surface.post("card-1", WitnessSample.PLACE, card);
    return room.slack.messages.all().getLast();
  }

  JsonNode opened(String entry) throws Exception {
    room.hand.choose(SlackRoom.KIM, ours(), entry);
    return room.opened();
  }

  void mayDecide(String... choices) {
    List<String> all = List.of(choices);
    List<Person> others =
        all.contains("hand-over") ? List.of(person("noor", "Noor Haddad")) : List.of();
    room.ballot = Optional.of(new Ballot("pn1.other", all, stage(), others));
  }

  static Person person(String id, String name) {
    return new Person(id, name, Optional.empty(), Optional.empty(), Set.of());
  }

  static dev.postern.approval.Stage stage() {
    return SampleCases.spoofed().build().stage().orElseThrow();
  }

  static List<String> values(JsonNode form) {
    return form.findValues("options").getFirst().findValuesAsText("value");
  }

  static Map<String, JsonNode> whom(String value) {
    ObjectNode chosen = Kit.object("static_select");
    chosen.set("selected_option", Kit.option("x", value));
    return Map.of(WHOM, chosen);
  }
}
