package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Grant;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.card.SampleCases;
import dev.postern.policy.GrantTerms.Kind;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions from the rules, asked for from the menu of a card. */
class SlackGrantsIT extends AtTheMenu {
  @ParameterizedTest
  @CsvSource({"pn.allow, ALLOW, domain", "pn.block, BLOCK, address"})
  void aGrantForTheSenderIsAskedFor(String entry, Kind kind, String whose) throws Exception {
    JsonNode form = opened(entry);

    assertThat(form.path("callback_id").asText()).isEqualTo(entry);
    assertThat(values(form)).containsExactly("address", "domain", "kind");
    assertThat(form.toString()).contains("Once it is approved", "paypal[.]com");
    assertThat(grants()).as("nothing before it is sent").isEmpty();
    ObjectNode sent = room.hand.submitting(SlackRoom.KIM, form, grant(whose, "They called us."));
    room.hand.interact(sent);

    Grant grant = grants().getFirst();
    assertThat(grant.terms().kind()).isEqualTo(kind);
    assertThat(grant.terms().from().address()).isEqualTo(whose.equals("address"));
    assertThat(grant.petition().owner()).isEqualTo("kim");
    assertThat(grant.petition().reason()).isEqualTo("They called us.");
    assertThat(grant.petition().about()).contains(SampleCases.spoofed().build().id());
    assertThat(room.whispered()).contains("Asked for", grant.id().text());
    room.hand.interact(sent);
    assertThat(grants()).as("sent twice").hasSize(1);
    assertThat(room.accepted).as("it is no vote").isEmpty();
  }

  private List<Grant> grants() {
    return room.petitioned.records.grants().list(false, Optional.empty(), Optional.empty(), 10);
  }

  private static Map<String, JsonNode> grant(String whose, String reason) {
    Map<String, JsonNode> fields = new HashMap<>(whom(whose));
    fields.put("pn.m.reason/pn.reason", Kit.object("plain_text_input").put("value", reason));
    return fields;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "signer", "r1", "<!channel>"})
  void aSenderThatIsNoneIsRefusedInTheForm(String value) throws Exception {
    JsonNode form = opened("pn.block");

    var answer = room.hand.submit(SlackRoom.KIM, form, grant(value, "They called us."));

    assertThat(answer.body()).contains("errors", "pn.m.whom", "Choose one.");
    assertThat(grants()).isEmpty();
  }

  @Test
  void aGrantWithoutAReasonIsRefusedInTheForm() throws Exception {
    JsonNode form = opened("pn.allow");

    var answer = room.hand.submit(SlackRoom.KIM, form, grant("domain", " \u0000 "));

    assertThat(answer.body()).contains("errors", "pn.m.reason", "Say why");
    assertThat(grants()).isEmpty();
  }

  private Grant petition(String who, String from) {
    Person asks = room.wiring().directory().person(Identity.ofPostern(who)).orElseThrow();
    return ((Petitions.Asked) room.petitioned.petitions.ask(asks, SlackRoom.aWish(from))).grant();
  }

  private Grant.State state(Grant grant) {
    return room.petitioned.records.grants().find(grant.id()).orElseThrow().state();
  }

  private JsonNode answer(HttpResponse<String> response) {
    JsonNode answer = Samples.parse(response.body());
    assertThat(BlockKitRules.ofMessage(answer.path("blocks"))).isEmpty();
    return answer;
  }

  private String answered() {
    JsonNode answer = room.slack.responses.taken.poll();
    if (answer == null) {
      throw new AssertionError("not answered; refused: " + room.slack.responses.refused);
    }
    assertThat(BlockKitRules.ofMessage(answer.path("blocks"))).isEmpty();
    return answer.toString();
  }

  @Test
  void whatIsListedIsEndedByItsButtonOnceAndByWhomItMayBe() throws Exception {
    Grant grant = petition("kim", "brightwater.example");
    JsonNode list = answer(room.hand.command(SlackRoom.KIM, "grants"));
    assertThat(list.toString())
        .contains(grant.id().text(), "9 of 9 left", "brightwater[.]example", "Take back")
        .contains("\"confirm\"");
    assertThat(answer(room.hand.command("U0ANNA0001", "grants")).toString()).contains("No grants");

    room.hand.pressPrivately("U0ANNA0001", list, "pn.end0");
    assertThat(answered()).contains("that you may end");
    assertThat(state(grant)).isEqualTo(Grant.State.REQUESTED);

    room.hand.pressPrivately(SlackRoom.KIM, list, "pn.end0");
    assertThat(answered()).contains("is ended", "\"replace_original\":true");
    assertThat(state(grant)).isEqualTo(Grant.State.REVOKED);
    room.hand.pressPrivately(SlackRoom.KIM, list, "pn.end0");
    assertThat(answered()).contains("was over before");
    assertThat(room.accepted).as("it is no vote").isEmpty();
  }

  @Test
  void aTypedNameEndsAGrantAndOneThatIsHiddenLooksLikeNone() throws Exception {
    Grant grant = petition("kim", "brightwater.example");
    String bare = grant.id().text().toLowerCase(Locale.ROOT);

    assertThat(answer(room.hand.command(SlackRoom.KIM, "grants revoke it")).toString())
        .contains("Did you mean", "grants revoke PG-7F3K-2QXD");
    assertThat(answer(room.hand.command("U0ANNA0001", "grants revoke " + bare)).toString())
        .contains("There is no grant " + grant.id());
    assertThat(answer(room.hand.command("U0ANNA0001", "grants revoke PG-0000-0000")).toString())
        .contains("There is no grant PG-0000-0000");
    assertThat(state(grant)).isEqualTo(Grant.State.REQUESTED);

    assertThat(answer(room.hand.command(SlackRoom.KIM, "grants REVOKE " + bare)).toString())
        .contains("Grant " + grant.id() + " is ended", "None is asked for");
    assertThat(state(grant)).isEqualTo(Grant.State.REVOKED);
    assertThat(room.petitioned.records.grants().find(grant.id()).orElseThrow().endedBy())
        .isEqualTo("kim");
  }

  @Test
  void strangersAskForNothing() throws Exception {
    JsonNode form = opened("pn.allow");

    var answer = room.hand.submit(SlackRoom.STRANGER, form, grant("domain", "They called us."));

    assertThat(answer.body()).contains("errors", "linked to nobody");
    assertThat(grants()).isEmpty();
  }
}
