package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.Ballot;
import dev.postern.approval.Person;
import dev.postern.card.SampleCases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The menu of rare actions, and what stands behind it. */
class SlackRareActionsIT extends AtTheMenu {
  @Test
  void handingOverOffersThoseWhomPolicyNamesAndArrivesWithTheCardsToken() throws Exception {
    JsonNode form = opened("pn.handover");

    assertThat(form.path("callback_id").asText()).isEqualTo("pn.handover");
    assertThat(values(form)).containsExactly("to noor", "aside");
    assertThat(form.toString()).contains("To Noor Haddad");
    ObjectNode note = Kit.object("plain_text_input").put("value", " I am on leave.\u0000 ");
    Map<String, JsonNode> fields = new HashMap<>(whom("to noor"));
    fields.put("pn.m.reason/pn.reason", note);
    room.hand.submit(SlackRoom.KIM, form, fields);
    var click = room.accepted.getFirst();
    assertThat(click.act()).isEqualTo(new Act.HandOver("noor"));
    assertThat(click.reason()).isEqualTo("I am on leave.");
    JsonNode sample = Samples.slack("modal-hand-over").at("/blocks/2");
    JsonNode drawn = form.at("/blocks/2");
    assertThat(drawn.path("label")).isEqualTo(sample.path("label"));
    assertThat(drawn.path("optional")).isEqualTo(sample.path("optional"));
    assertThat(drawn.path("element")).isEqualTo(sample.path("element"));
    assertThat(click.token()).startsWith("pn1.");
    assertThat(click.place()).isEqualTo(FakeSlack.CHANNEL);
  }

  @Test
  void whoHasVotedCanTakeTheVoteBackOrStepAside() throws Exception {
    mayDecide("release", "discard", "withdraw", "step-aside");

    JsonNode form = opened("pn.handover");
    room.hand.submit(SlackRoom.KIM, form, whom("withdraw"));
    room.hand.submit(SlackRoom.KIM, form, whom("aside"));

    assertThat(room.accepted)
        .extracting("act")
        .containsExactly(new Act.Withdraw(), new Act.StepAside());
  }

  @Test
  void aFormSentTwiceIsOneClick() throws Exception {
    JsonNode form = opened("pn.handover");
    ObjectNode sent = room.hand.submitting(SlackRoom.KIM, form, whom("aside"));

    room.hand.interact(sent);
    room.hand.interact(sent, "X-Slack-Retry-Num", "1");

    assertThat(room.accepted).hasSize(1);
  }

  @Test
  void aFormSentAgainWithOtherContentIsAnotherClick() throws Exception {
    JsonNode form = opened("pn.handover");
    ObjectNode sent = room.hand.submitting(SlackRoom.KIM, form, whom("aside"));
    ObjectNode other = room.hand.submitting(SlackRoom.KIM, form, whom("to noor"));
    ((ObjectNode) other.path("view")).put("id", sent.at("/view/id").asText());

    room.hand.interact(sent);
    room.hand.interact(other);

    assertThat(room.accepted)
        .extracting("act")
        .containsExactly(new Act.StepAside(), new Act.HandOver("noor"));
  }

  @Test
  void whoMayNotDecideGetsNoFormButIsTold() throws Exception {
    var card = room.post("pending-high", Map.of());

    for (String entry : List.of("pn.handover", "pn.ask")) {
      room.hand.choose("U0ANNA0001", card, entry);
      assertThat(room.whispered()).contains("U0ANNA0001", "You may not decide this case");
    }
    room.hand.choose(SlackRoom.STRANGER, card, "pn.ask");
    assertThat(room.whispered()).contains("does not know you");
    assertThat(room.slack.opened).isEmpty();
    assertThat(room.accepted).isEmpty();
  }

  @Test
  void whoIsAloneIsToldThatThereIsNobodyElse() throws Exception {
    mayDecide("release", "discard");
    var card = room.post("pending-high", Map.of());

    room.hand.choose(SlackRoom.KIM, card, "pn.handover");

    assertThat(room.whispered()).contains("Nobody to hand it to");
  }

  @Test
  void anotherLookGoesThroughTheInboxLikeAVote() throws Exception {
    var card = ours();
    ObjectNode chosen = room.hand.choosing(SlackRoom.KIM, card, "pn.recheck");

    room.hand.interact(chosen);
    room.hand.interact(chosen, "X-Slack-Retry-Num", "1");

    assertThat(room.accepted).hasSize(1);
    assertThat(room.accepted.getFirst().act()).isEqualTo(new Act.Recheck());
    assertThat(room.accepted.getFirst().token()).isEqualTo(TOKEN);
  }

  @Test
  void askingARecipientIsTheDesignsForm() throws Exception {
    JsonNode form = opened("pn.ask");

    ObjectNode sample = Samples.slack("modal-ask-recipient").deepCopy();
    sample.put("private_metadata", form.path("private_metadata").asText());
    assertThat(form).isEqualTo(sample);
    room.hand.submit(SlackRoom.KIM, form, whom("r2"));
    assertThat(room.accepted.getFirst().act())
        .isEqualTo(new Act.Ask(SampleCases.spoofed().build().envelope().recipients().get(1)));
  }

  @Test
  void onlyRecipientsWhomPosternCanReachAreOffered() throws Exception {
    var card = ours();
    room.cases.put(SampleCases.spoofed().to("who@else.example", "bo.lind@corp.example").build());

    room.hand.choose(SlackRoom.KIM, card, "pn.ask");

    JsonNode options = room.opened().findValue("options");

    assertThat(options).hasSize(1);
    assertThat(options.path(0).path("value").asText()).isEqualTo("r2");
  }

  @Test
  void recipientsWhomOnlyTheWorkspaceKnowsAreOfferedByTheirVerifiedAddress() throws Exception {
    var card = ours();
    room.slack.addresses.put("zoe@corp.example", "U0ZOE00001");
    room.slack.addresses.put("guest@corp.example", "U0GUEST001");
    room.slack.accounts.put("U0GUEST001", Kit.object().put("is_restricted", true));
    room.cases.put(
        SampleCases.spoofed().to("Zoe@corp.example", "guest@corp.example", "x@y.example").build());

    room.hand.choose(SlackRoom.KIM, card, "pn.ask");

    assertThat(values(room.opened())).containsExactly("r1");
    room.hand.choose(SlackRoom.KIM, card, "pn.ask");
    assertThat(values(room.opened())).containsExactly("r1");
    assertThat(room.slack.methods().stream().filter("users.lookupByEmail"::equals)).hasSize(3);
  }

  @Test
  void P16_ofAHundredRecipientsFewAreLookedUp() throws Exception {
    var card = ours();
    String[] many =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(i -> "p" + i + "@corp.example")
            .toArray(String[]::new);
    room.slack.addresses.put("p3@corp.example", "U0THREE001");
    room.cases.put(SampleCases.spoofed().to(many).build());

    room.hand.choose(SlackRoom.KIM, card, "pn.ask");

    assertThat(values(room.opened())).containsExactly("r4");
    assertThat(room.slack.methods().stream().filter("users.lookupByEmail"::equals))
        .hasSize(Reachable.MOST_ASKED_ABOUT);
  }

  @Test
  void aSlackThatDoesNotAnswerIsAskedAboutOneRecipientOnly() throws Exception {
    var card = ours();
    room.slack.always("users.lookupByEmail", "ratelimited");
    room.cases.put(
        SampleCases.spoofed().to("a@x.example", "b@x.example", "bo.lind@corp.example").build());

    room.hand.choose(SlackRoom.KIM, card, "pn.ask");

    assertThat(values(room.opened())).containsExactly("r3");
    assertThat(room.slack.methods().stream().filter("users.lookupByEmail"::equals)).hasSize(1);
  }

  @Test
  void whereNobodyCanBeReachedThatIsSaid() throws Exception {
    var card = ours();
    room.cases.put(SampleCases.spoofed().to("who@else.example").build());

    room.hand.choose(SlackRoom.KIM, card, "pn.ask");

    assertThat(room.whispered()).contains("Nobody to ask");
    assertThat(room.slack.opened).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r0", "r4", "r99999", "to noor", "<!channel>"})
  void aRecipientWhoIsNoneIsRefusedInTheForm(String value) throws Exception {
    JsonNode form = opened("pn.ask");

    var answer = room.hand.submit(SlackRoom.KIM, form, whom(value));

    assertThat(answer.body()).contains("errors", "pn.m.whom", "Choose one.");
    assertThat(room.accepted).isEmpty();
  }

  @Test
  void aStoreThatIsDownIsSaidInTheForm() throws Exception {
    JsonNode form = opened("pn.ask");
    room.storeDown = true;

    assertThat(room.hand.submit(SlackRoom.KIM, form, whom("r1")).body())
        .contains("pn.m.whom", "could not record");
  }

  @ParameterizedTest
  @CsvSource({"pn.expected, EXPECTED", "pn.unexpected, UNEXPECTED", "pn.unsure, UNSURE"})
  void aWitnessAnswersThroughTheInbox(String button, dev.postern.approval.Testimony.Word word)
      throws Exception {
    var at =
        room.surface.post(
            "card-w",
            new dev.postern.approval.CardPlace("slack", "U0ANNA0001"),
            WitnessSample.question());
    var question = room.slack.messages.all().getLast();

    room.hand.press("U0ANNA0001", question, button);

    assertThat(at).isEqualTo("DU0ANNA0001/" + question.ts());
    assertThat(room.accepted.getFirst().act()).isEqualTo(new Act.Testify(word, at));
    assertThat(room.accepted.getFirst().token()).isEqualTo(WitnessSample.TOKEN);
  }

  @Test
  void aQuestionIsChangedWhereItStandsAndNeverLookedForInAChannel() throws Exception {
    room.slack.scopes.add("channels:history");
    room.workspace = Optional.of(room.api.workspace());
    var place = new dev.postern.approval.CardPlace("slack", "U0ANNA0001");
    String at = room.surface.post("card-w", place, WitnessSample.question());

    room.surface.update(at, place, WitnessSample.question());

    assertThat(room.slack.messages.all().getLast().edits()).isEqualTo(1);
    assertThat(room.surface.find("card-w", place, SlackRoom.NOW)).isEmpty();
    assertThat(room.slack.methods()).doesNotContain("conversations.history");
  }

  @ParameterizedTest
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_hostileNamesStayInertInTheForm(dev.postern.card.HostileVector attack) {
    Person named = person("eve", attack.raw().isEmpty() ? "x" : attack.raw());
    Ballot ballot =
        new Ballot(TOKEN, List.of("hand-over", "step-aside", "withdraw"), stage(), List.of(named));
    Memo memo = new Memo(TOKEN, FakeSlack.CHANNEL, SampleCases.spoofed().build().id());

    ObjectNode view = RareModals.handOver(ballot, memo).orElseThrow();

    assertThat(BlockKitRules.ofView(view)).isEmpty();
    assertThat(view.toString()).doesNotContain("mrkdwn", "\"emoji\":true");
  }

  @Test
  void moreSubstitutesThanSlackTakesAreCut() {
    List<Person> many =
        java.util.stream.IntStream.range(0, 300).mapToObj(i -> person("p" + i, "P" + i)).toList();
    Ballot ballot =
        new Ballot(TOKEN, List.of("hand-over", "step-aside", "withdraw"), stage(), many);
    Memo memo = new Memo(TOKEN, FakeSlack.CHANNEL, SampleCases.spoofed().build().id());

    assertThat(BlockKitRules.ofView(RareModals.handOver(ballot, memo).orElseThrow())).isEmpty();
  }
}
