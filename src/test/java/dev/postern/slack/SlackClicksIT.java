package dev.postern.slack;

import static dev.postern.approval.CaseBuilder.releaseTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.policy.StagePlan.ReasonRule;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackClicksIT {
  private static final String REASON = "pn.m.reason/pn.reason";
  private static final String WHY = "pn.m.why/pn.why";
  private static final String TO = "pn.m.to/pn.to";

  private SlackRoom room;

  @BeforeEach
  void open() throws Exception {
    room = new SlackRoom();
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void P3_aClickIsDurableBeforeSlackIsAnswered() throws Exception {
    var card = room.post("pending-low", Map.of());

    HttpResponse<String> answer = room.hand.press(SlackRoom.KIM, card, "pn.release");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    Click click = room.inbox.values().iterator().next();
    assertThat(click.surface()).isEqualTo("slack");
    assertThat(click.who()).isEqualTo(new Identity("slack", FakeSlack.TEAM, SlackRoom.KIM));
    assertThat(click.token()).isEqualTo("pn1.4P5h8NpmByoDJSKXh0FKeR091taTHeEb");
    assertThat(click.place()).isEqualTo(FakeSlack.CHANNEL);
    assertThat(click.act()).isEqualTo(new Choice.ReleaseAll());
    assertThat(room.accepted).containsExactly(click);
  }

  @Test
  void aClickDeliveredAgainIsTheSameClick() throws Exception {
    var card = room.post("pending-low", Map.of());
    ObjectNode payload = room.hand.pressing(SlackRoom.KIM, card, "pn.discard");

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        String retry = Integer.toString(i);
        threads.execute(
            () ->
                assertThat(
                        room.hand
                            .interact(
                                payload,
                                "X-Slack-Retry-Num",
                                retry,
                                "X-Slack-Retry-Reason",
                                "http_timeout")
                            .statusCode())
                    .isEqualTo(200));
      }
    }

    assertThat(room.inbox).hasSize(1);
    assertThat(room.accepted).hasSize(1);
  }

  @Test
  void thePressOfATestCardIsAnsweredWithTheTimeItTookAndTakesItAway() throws Exception {
    room.slack.messages.clock = InstantSource.fixed(SlackRoom.NOW.minusSeconds(12));
    try (SlackDoctor doctor =
        new SlackDoctor(
            room.slack.settings(),
            SlackRoom.WATCHED,
            new Surroundings(false, URI.create("http://127.0.0.1:1")),
            room.wiring().clock())) {
      doctor.testCard();
    }
    var card = room.slack.messages.all().getFirst();
    ObjectNode payload = room.hand.pressing(SlackRoom.KIM, card, "pn.probe");
    long pressed = SlackRoom.NOW.getEpochSecond() - 1;
    ((ObjectNode) payload.at("/actions/0")).put("action_ts", pressed + ".500000");

    assertThat(room.hand.interact(payload).statusCode()).isEqualTo(200);

    assertThat(room.whispered())
        .startsWith(SlackRoom.KIM + ": Postern hears you. ")
        .contains("Your press took 0.50 s from Slack to Postern.", "posted 12.00 s before");
    assertThat(room.slack.messages.all()).isEmpty();
    assertThat(room.inbox).isEmpty();
  }

  @Test
  void twoPressesAreTwoClicks() throws Exception {
    var card = room.post("pending-low", Map.of());

    room.hand.press(SlackRoom.KIM, card, "pn.release");
    room.hand.press(SlackRoom.KIM, card, "pn.release");

    assertThat(room.inbox).hasSize(2);
  }

  @Test
  void aClickThatCannotBeRecordedIsAnsweredPrivately() throws Exception {
    var card = room.post("pending-low", Map.of());
    room.storeDown = true;

    assertThat(room.hand.press(SlackRoom.KIM, card, "pn.release").statusCode()).isEqualTo(200);

    assertThat(room.accepted).isEmpty();
    assertThat(room.whispered()).startsWith(SlackRoom.KIM).contains("Not recorded");
  }

  @Test
  void aReleaseToSomeCarriesExactlyThose() throws Exception {
    JsonNode form = releaseForm();

    HttpResponse<String> answer =
        room.hand.submit(
            SlackRoom.KIM,
            form,
            Map.of(
                TO, options("r1", "r3"),
                WHY, option("confirmed"),
                REASON, typed("  Called Anna\u0000 back  ")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    Click click = room.accepted.getFirst();
    assertThat(click.act())
        .isEqualTo(releaseTo("anna.kovacs@corp.example", "c_ortiz@corp.example"));
    assertThat(click.reason())
        .isEqualTo("Sender confirmed by phone or in person: Called Anna back");
    assertThat(click.token()).isEqualTo("pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU");
    assertThat(click.place()).isEqualTo(FakeSlack.CHANNEL);
  }

  @Test
  void allRecipientsChosenIsAReleaseToAll() throws Exception {
    JsonNode form = releaseForm();

    room.hand.submit(
        SlackRoom.KIM,
        form,
        Map.of(
            TO, options("r1", "r2", "r3"),
            WHY, option("other"),
            REASON, typed("Expected since Monday")));

    assertThat(room.accepted.getFirst().act()).isEqualTo(new Choice.ReleaseAll());
    assertThat(room.accepted.getFirst().reason()).isEqualTo("Expected since Monday");
  }

  @Test
  void aFormSentTwiceIsOneClick() throws Exception {
    JsonNode form = releaseForm();
    ObjectNode payload =
        room.hand.submitting(
            SlackRoom.KIM,
            form,
            Map.of(TO, options("r1"), WHY, option("other"), REASON, typed("Expected this one")));

    room.hand.interact(payload);
    room.hand.interact(payload, "X-Slack-Retry-Num", "1");

    assertThat(room.accepted).hasSize(1);
  }

  @Test
  void aMissingReasonIsSaidAtItsField() throws Exception {
    JsonNode form = releaseForm();
    Map<String, JsonNode> fields = new HashMap<>();
    fields.put(TO, options("r1"));
    fields.put(WHY, option("other"));
    fields.put(REASON, typed(" \u0000 "));

    HttpResponse<String> answer = room.hand.submit(SlackRoom.KIM, form, fields);

    JsonNode errors = Samples.parse(answer.body());
    assertThat(errors.path("response_action").asText()).isEqualTo("errors");
    assertThat(errors.path("errors").path("pn.m.reason").asText()).contains("10 characters");
    assertThat(room.inbox).isEmpty();
  }

  @Test
  void noRecipientIsSaidAtItsField() throws Exception {
    JsonNode form = releaseForm();

    HttpResponse<String> answer =
        room.hand.submit(
            SlackRoom.KIM,
            form,
            Map.of(TO, options(), WHY, option("other"), REASON, typed("Expected this one")));

    assertThat(Samples.parse(answer.body()).at("/errors/pn.m.to").asText())
        .isEqualTo("Choose at least one recipient.");
    assertThat(room.inbox).isEmpty();
  }

  @Test
  void aFormThatCannotBeRecordedStaysOpenAndSaysSo() throws Exception {
    JsonNode form = releaseForm();
    room.storeDown = true;

    HttpResponse<String> answer =
        room.hand.submit(
            SlackRoom.KIM,
            form,
            Map.of(TO, options("r1"), WHY, option("other"), REASON, typed("Expected this one")));

    assertThat(Samples.parse(answer.body()).at("/errors/pn.m.reason").asText())
        .contains("still held");
  }

  @Test
  void discardAsksForTheReasonWhereOneIsNeeded() throws Exception {
    room.asking(ReasonRule.DISCARD);
    var card = room.post("pending-high", Map.of("pn.discard", "Discard…"));
    room.hand.press(SlackRoom.KIM, card, "pn.discard");
    JsonNode form = room.opened();
    assertThat(form.findValuesAsText("block_id"))
        .containsExactly("pn.m.verdict", "pn.m.who", "pn.m.reason", "pn.m.foot");

    room.hand.submit(SlackRoom.KIM, form, Map.of(REASON, typed("A phish: the link is not ours")));

    Click click = room.accepted.getFirst();
    assertThat(click.act()).isEqualTo(new Choice.Discard());
    assertThat(click.reason()).isEqualTo("A phish: the link is not ours");
  }

  @Test
  void whereNoReasonIsNeededTheFieldMayStayEmpty() throws Exception {
    room.asking(ReasonRule.NEVER);
    JsonNode form = releaseForm();
    assertThat(form.findValuesAsText("block_id")).doesNotContain("pn.m.why");
    assertThat(form.path("blocks").path(3).path("optional").asBoolean()).isTrue();
    ObjectNode nothing = Kit.object("plain_text_input").putNull("value");

    room.hand.submit(SlackRoom.KIM, form, Map.of(TO, options("r1", "r2", "r3"), REASON, nothing));

    assertThat(room.accepted.getFirst().reason()).isEmpty();
  }

  @Test
  void evidenceIsOneTapAway() throws Exception {
    var card = room.post("pending-high", Map.of());

    room.hand.press(SlackRoom.KIM, card, "pn.evidence");

    JsonNode view = room.opened();
    assertThat(view.path("callback_id").asText()).isEqualTo("pn.evidence");
    assertThat(view.toString()).contains("bounce-77@", "read only");
    assertThat(room.inbox).isEmpty();
  }

  @Test
  void anUnknownButtonIsAnsweredPrivately() throws Exception {
    var card = room.post("pending-high", Map.of());
    ObjectNode payload = room.hand.pressing(SlackRoom.KIM, card, "pn.release");
    ((ObjectNode) payload.path("actions").path(0)).put("action_id", "pn.from_the_future");

    assertThat(room.hand.interact(payload).statusCode()).isEqualTo(200);

    assertThat(room.whispered()).contains("This button does nothing");
    assertThat(room.inbox).isEmpty();
  }

  @Test
  void aFormThatSlackDoesNotOpenIsSaid() throws Exception {
    var card = room.post("pending-high", Map.of());
    room.slack.refuse("views.open", "expired_trigger_id");

    room.hand.press(SlackRoom.KIM, card, "pn.release");

    assertThat(room.whispered()).contains("The form did not open");
  }

  @Test
  void aCardOfACaseThatIsGoneIsSaid() throws Exception {
    var card = room.post("pending-high", Map.of());
    room.cases.clear();

    room.hand.press(SlackRoom.KIM, card, "pn.release");

    assertThat(room.whispered()).contains("No such case");
  }

  private JsonNode releaseForm() throws Exception {
    var card = room.post("pending-high", Map.of());
    room.hand.press(SlackRoom.KIM, card, "pn.release");
    return room.opened();
  }

  private static ObjectNode typed(String text) {
    return Kit.object("plain_text_input").put("value", text);
  }

  private static ObjectNode option(String value) {
    ObjectNode field = Kit.object("static_select");
    field.putObject("selected_option").put("value", value);
    return field;
  }

  private static ObjectNode options(String... values) {
    ObjectNode field = Kit.object("multi_static_select");
    ArrayNode chosen = field.putArray("selected_options");
    for (String value : values) {
      chosen.addObject().put("value", value);
    }
    return field;
  }
}
