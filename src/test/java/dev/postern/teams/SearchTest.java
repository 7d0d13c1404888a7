package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseFile;
import dev.postern.card.SampleCases;
import dev.postern.fake.Mishap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message extension: whoever sends what it inserts decides who sees it. */
class SearchTest {
  private final TeamsRoom room = new TeamsRoom();
  private final CaseFile asking = SampleCases.spoofed().build();

  @BeforeEach
  void aCase() {
    room.cases.put(asking);
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ObjectNode query(String user, String typed) {
    ObjectNode json = room.heard(user, "a:somewhere", "personal");
    ObjectNode value = json.putObject("value").put("commandId", Search.COMMAND);
    value.putArray("parameters").addObject().put("name", Search.PARAMETER).put("value", typed);
    return json;
  }

  private JsonNode results(ObjectNode json) {
    return room.search().results(room.activity("invoke", json)).path("composeExtension");
  }

  @Test
  void aCaseIsFoundByItsIdAndInsertedAsACardThatCannotDecide() {
    JsonNode found = results(query(TeamsRoom.KIM, " " + asking.id() + " "));

    assertThat(found.path("type").asText()).isEqualTo("result");
    JsonNode card = found.at("/attachments/0/content");
    assertThat(card.toString())
        .contains(asking.id().text())
        .doesNotContain("pn.release", "pn.discard", "Only you");
    assertThat(found.at("/attachments/0/preview/content/title").asText()).isNotEmpty();
  }

  @Test
  void aSearchInLettersThatFindNothingIsAnsweredInWords() {
    assertThat(results(query(TeamsRoom.KIM, "PN-0000-0000")).toString()).contains("PN-0000-0000");
  }

  @Test
  void beforeAnythingIsTypedItShowsWhatWaits() {
    ObjectNode json = query(TeamsRoom.KIM, "");
    ((ObjectNode) json.at("/value/parameters/0")).put("name", "initialRun").put("value", "true");

    assertThat(results(json).at("/attachments/0/content").toString()).contains(asking.id().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {TeamsRoom.STRANGER, TeamsRoom.OUTSIDE, TeamsRoom.GUEST, ""})
  void P6_whomPosternDoesNotKnowFindsNothing(String user) {
    JsonNode told = results(query(user, asking.id().text()));

    assertThat(told.path("type").asText()).isEqualTo("message");
    assertThat(told.path("text").asText()).isNotEmpty().doesNotContain(asking.id().text());
    assertThat(told.has("attachments")).isFalse();
  }

  @Test
  void P6_whileTeamsDoesNotSayWhoItIsNothingIsFound() {
    room.teams.http.always("member", Mishap.UNAVAILABLE);

    JsonNode told = results(query(TeamsRoom.KIM, asking.id().text()));

    assertThat(told.path("type").asText()).isEqualTo("message");
    assertThat(told.toString()).doesNotContain(asking.id().text());
  }

  @Test
  void aStoreThatIsDownIsSaid() {
    room.storeDown = true;

    assertThat(results(query(TeamsRoom.KIM, asking.id().text())).path("text").asText())
        .contains("cannot read its cases");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"parameters\":7}",
        "{\"parameters\":[]}",
        "{\"parameters\":[null]}",
        "{\"parameters\":[{\"name\":\"what\",\"value\":{\"a\":1}}]}",
        "{\"parameters\":[{\"name\":[\"what\"],\"value\":\"x\"}]}"
      })
  void whatIsNoQueryOfOursSearchesForNothing(String value) throws Exception {
    ObjectNode json = query(TeamsRoom.KIM, "");
    json.set("value", new ObjectMapper().readTree(value));

    assertThat(results(json).path("type").asText()).isEqualTo("result");
  }
}
