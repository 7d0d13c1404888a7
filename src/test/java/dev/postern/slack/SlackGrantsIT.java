package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Grant;
import dev.postern.card.SampleCases;
import dev.postern.policy.GrantTerms.Kind;
import java.util.HashMap;
import java.util.List;
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
    assertThat(values(form)).containsExactly("address", "domain");
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

  @Test
  void strangersAskForNothing() throws Exception {
    JsonNode form = opened("pn.allow");

    var answer = room.hand.submit(SlackRoom.STRANGER, form, grant("domain", "They called us."));

    assertThat(answer.body()).contains("errors", "linked to nobody");
    assertThat(grants()).isEmpty();
  }
}
