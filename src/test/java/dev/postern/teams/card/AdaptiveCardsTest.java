package dev.postern.teams.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardSample;
import dev.postern.card.CardView;
import dev.postern.card.EveryCard;
import dev.postern.card.Notice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveCardsTest {
  private static final List<String> TWO =
      List.of("29:1aKimParkSampleMri", "29:1bNoorHaddadSampleMri");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pending-high",
        "pending-lookalike",
        "pending-low",
        "voted-1-of-2",
        "releasing",
        "released",
        "released-partial",
        "discarded",
        "expired",
        "escalated",
        "release-failed",
        "superseded",
        "hostile",
        "lookup-case",
        "lookup-list",
        "check-domain",
        "home",
        "help",
        "second-factor"
      })
  void showsTheDesignsCardExactly(String name) {
    JsonNode sample = TeamsSamples.named(name);

    ObjectNode card = AdaptiveCards.of(CardSample.named(name), viewersOf(sample));

    assertThat(TeamsSamples.reread(card)).isEqualTo(ofOurs(name, sample));
    assertThat(TeamsCardRules.problems(card)).isEmpty();
  }

  @Test
  void everythingThatACaseCanComeToIsACard() {
    EveryCard.ofSamples()
        .forEach(
            (name, view) -> {
              ObjectNode card = AdaptiveCards.of(view, new Viewers(TWO, token()));
              assertThat(TeamsCardRules.problems(card)).as(name).isEmpty();
              assertThat(card.toString()).as(name).doesNotContain("Not everything fits");
            });
  }

  @Test
  void theMessageIsTheDesigns() {
    JsonNode sample = TeamsSamples.named("activity-pending-high");
    JsonNode content = sample.at("/attachments/0/content");

    ObjectNode message = Attachments.message(CardSample.named("pending-high"), viewersOf(content));

    JsonNode expected = sample.deepCopy();
    ((ObjectNode) expected.at("/attachments/0")).set("content", ofOurs("pending-high", content));
    assertThat(TeamsSamples.reread(message)).isEqualTo(expected);
  }

  @Test
  void aPrivateAnswerSaysThatNobodyElseSeesIt() {
    ObjectNode card = AdaptiveCards.of(new Notice("Too late", "The message is still held."));

    assertThat(TeamsCardRules.problems(card)).isEmpty();
    assertThat(card.toString()).contains("Too late", "still held", "Only you see this.");
  }

  @Test
  void whatAllAreToldDoesNotSayThatOnlyOneSeesIt() {
    Notice notice = new Notice("Still held", "Case PN-7F3K-2QXD waits for mail_oncall.");
    ObjectNode card = AdaptiveCards.toAll(notice);

    assertThat(TeamsCardRules.problems(card)).isEmpty();
    assertThat(card.toString()).contains("Still held", "waits").doesNotContain("Only you");
    assertThat(Attachments.message(notice).at("/attachments/0/content")).isEqualTo(card);
  }

  @Test
  void noMoreThanSixtyGetAViewOfTheirOwn() {
    List<String> many = IntStream.range(0, 90).mapToObj(i -> "29:1a" + i).toList();

    ObjectNode card =
        AdaptiveCards.of(CardSample.named("pending-high"), new Viewers(many, token()));

    assertThat(card.at("/refresh/userIds")).hasSize(60);
    assertThat(card.at("/refresh/userIds/59").asText()).isEqualTo("29:1a59");
    assertThat(TeamsCardRules.problems(card)).isEmpty();
  }

  @Test
  void whatIsNoIdOfAUserIsNobody() {
    Viewers viewers =
        new Viewers(List.of("", "29:a b", "${x}", "{{x}}", "29:\u202e", "29:1a", "29:1a"), token());

    assertThat(viewers.userIds()).containsExactly("29:1a");
  }

  @Test
  void aCardThatIsTheSameForAllIsNotFetchedAnew() {
    assertThat(AdaptiveCards.of(CardSample.named("pending-high")).has("refresh")).isFalse();
  }

  @Test
  void aSearchShowsWhatTheCardSaysForNotifications() {
    CardView card = CardSample.named("pending-high");

    ObjectNode result = Attachments.result(card);

    assertThat(result.at("/preview/content/text").asText()).isEqualTo(card.fallback());
    assertThat(result.path("content")).isEqualTo(AdaptiveCards.of(card));
  }

  private static String token() {
    return "pn1." + "x".repeat(32);
  }

  private static Viewers viewersOf(JsonNode sample) {
    String token = sample.at("/refresh/action/data/t").asText();
    return token.isEmpty() ? Viewers.all() : new Viewers(TWO, token);
  }

  /**
   * The sample without what our cards do not have: bold in our words; evidence by an action that
   * cannot open a dialog; a reason for rare actions, and a token for each of them.
   */
  private static JsonNode ofOurs(String name, JsonNode sample) {
    JsonNode card = sample.deepCopy();
    Set<String> bold = new HashSet<>();
    for (JsonNode run : CardSample.worded(name).findParents("bold")) {
      bold.add(run.path("text").asText());
    }
    for (JsonNode line : card.findParents("inlines")) {
      ArrayNode inlines = (ArrayNode) line.path("inlines");
      for (JsonNode run : inlines) {
        if (bold.contains(run.path("text").asText())) {
          ((ObjectNode) run).remove("weight");
        }
      }
    }
    if (card.path("actions") instanceof ArrayNode actions) {
      for (int i = 0; i < actions.size(); i++) {
        actions.set(i, action((ObjectNode) actions.get(i)));
      }
    }
    return card;
  }

  private static ObjectNode action(ObjectNode action) {
    if (action.path("verb").asText().equals("pn.evidence")) {
      return Buttons.dialog(
          action.path("title").asText(), "pn.evidence", action.at("/data/t").asText());
    }
    if (action.path("title").asText().equals("Other actions")) {
      rare((ObjectNode) action.path("card"));
    }
    return action;
  }

  private static void rare(ObjectNode form) {
    ((ObjectNode) form.at("/body/0"))
        .put("text", "Choose what else to do. It is written to the audit log.");
    ((ArrayNode) form.path("body")).remove(2);
    JsonNode choices = form.at("/body/1/choices");
    String first = choices.path(0).path("value").asText();
    List<String> ids = List.of("pn.block", "pn.allow", "pn.ask", "pn.handover");
    StreamSupport.stream(choices.spliterator(), false)
        .forEach(
            choice -> {
              int at =
                  List.of("Bl", "Al", "As", "Ha")
                      .indexOf(choice.path("title").asText().substring(0, 2));
              ((ObjectNode) choice).put("value", ids.get(at));
            });
    form.putArray("actions").add(Buttons.dialog("Next", "pn.other", first));
  }
}
