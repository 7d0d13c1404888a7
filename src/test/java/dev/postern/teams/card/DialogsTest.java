package dev.postern.teams.card;

import static dev.postern.approval.CaseBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Ballot;
import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Person;
import dev.postern.approval.Stage;
import dev.postern.card.Asking;
import dev.postern.card.CardSample;
import dev.postern.card.CardView;
import dev.postern.card.EveryCard;
import dev.postern.card.HandOver;
import dev.postern.card.Look;
import dev.postern.card.Notice;
import dev.postern.mail.EmailAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialogsTest {
  private static final String TOKEN = "pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU";
  private static final CaseId ID = new CaseId("PN-7F3K-2QXD");
  private static final Stage STAGE = CaseBuilder.aCase().build().openStage().orElseThrow();

  @Test
  void theEvidenceIsTheDesigns() {
    CardView card = CardSample.named("pending-high");

    EvidencePages pages = new EvidencePages(card.caseId(), TOKEN, card.evidence(), "");
    ObjectNode dialog = Dialogs.evidence(pages, 1);

    ObjectNode sample = TeamsSamples.named("dialog-evidence").deepCopy();
    // The sample's last block is of the message itself, which this card does not have.
    ((ArrayNode) sample.at("/task/value/card/content/body")).remove(5);
    assertThat(TeamsSamples.reread(dialog)).isEqualTo(sample);
    assertThat(TeamsCardRules.problems(dialog.at("/task/value/card/content"))).isEmpty();
  }

  @Test
  void theEvidenceOfASetLeadsToItsMessagesWithinTheDialog() {
    CardView set = EveryCard.named("set", "[x](https://evil.example)");
    EvidencePages pages = new EvidencePages(ID.text(), TOKEN, set.evidence(), "");
    JsonNode evidence = Dialogs.evidence(pages, 1).at("/task/value/card/content");
    JsonNode opener = evidence.findParents("verb").getFirst();
    assertThat(opener.path("verb").asText()).isEqualTo("pn.open0");
    assertThat(Look.parse(opener.path("t").asText())).isPresent();
    assertThat(TeamsCardRules.problems(evidence)).isEmpty();

    CardView list = EveryCard.named("set-list", "[x](https://evil.example)");
    JsonNode looked = Dialogs.looked(list).at("/task/value/card/content");

    assertThat(TeamsCardRules.problems(looked)).isEmpty();
    assertThat(looked.toString())
        .as("a dialog takes no such buttons")
        .doesNotContain("Action.Execute")
        .contains("Take out", "pn.apart0", "Next")
        .doesNotContain("kept in the audit log");
  }

  @Test
  void noEvidenceAndWhatCouldNotBeReadIsSaid() {
    EvidencePages pages = new EvidencePages(ID.text(), TOKEN, List.of(), "It could not be read.");

    JsonNode card = Dialogs.evidence(pages, 1).at("/task/value/card/content");

    assertThat(card.toString()).contains("Nothing more was found.", "It could not be read.");
    assertThat(card.has("actions")).isFalse();
    assertThat(TeamsCardRules.problems(card)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0, 1", "-7, 1", "2, 2", "99, 2"})
  void aPageThatIsNotThereIsTheNearest(int wanted, int shown) {
    CardView card = CardSample.named("pending-high");
    var much = Collections.nCopies(9, card.evidence()).stream().flatMap(List::stream);
    EvidencePages pages = new EvidencePages(ID.text(), TOKEN, much.toList(), "");

    JsonNode drawn = Dialogs.evidence(pages, wanted).at("/task/value/card/content");

    assertThat(pages.count()).isEqualTo(2);
    assertThat(drawn.toString()).contains("Page " + shown + " of 2.");
    assertThat(drawn.at("/actions/0/data/page").asInt()).isEqualTo(3 - shown);
    assertThat(drawn.at("/actions/0/data/t").asText()).isEqualTo(TOKEN);
    assertThat(TeamsCardRules.problems(drawn)).isEmpty();
  }

  @Test
  void handingOverOffersPersonsAndWaysAndShowsNamesAsTheyAre() {
    List<Person> persons =
        List.of(person("noor", "Noor Haddad"), person("eve", "[x](https://evil.example) *Eve*"));
    Ballot ballot = new Ballot(TOKEN, List.of("release", "step-aside", "withdraw"), STAGE, persons);

    JsonNode dialog = Dialogs.handOver(ballot, TOKEN, ID).orElseThrow();

    JsonNode card = dialog.at("/task/value/card/content");
    assertThat(TeamsCardRules.problems(card)).isEmpty();
    assertThat(card.findPath("choices").findValuesAsText("title"))
        .containsExactly(
            "To 1: Noor Haddad",
            "To Person 2, shown above",
            "To the others: step aside",
            "Only take my vote back");
    assertThat(card.findPath("choices").findValuesAsText("value"))
        .allMatch(v -> HandOver.act(v).isPresent());
    assertThat(card.toString()).contains("hxxps://evil[.]example", "Note for them");
    assertThat(card.findValuesAsText("id")).containsExactly("whom", "handover_reason");
    assertThat(card.at("/actions/0/data/verb").asText()).isEqualTo(Field.HAND_OVER);
    assertThat(card.at("/actions/0/data/t").asText()).isEqualTo(TOKEN);
  }

  @Test
  void whereNothingCanBeChosenThereIsNoDialog() {
    assertThat(Dialogs.handOver(new Ballot(TOKEN, List.of("release"), STAGE, List.of()), TOKEN, ID))
        .isEmpty();
    assertThat(Dialogs.ask(List.of(), TOKEN, ID)).isEmpty();
  }

  @Test
  void whoCanBeAskedKeepsTheNumberOfTheEnvelope() {
    List<EmailAddress> all =
        List.of(address("a@corp.example"), address("b@corp.example"), address("c_x@corp.example"));

    JsonNode dialog =
        Dialogs.ask(Asking.candidates(all, a -> !a.equals(all.getFirst())), TOKEN, ID)
            .orElseThrow();

    JsonNode card = dialog.at("/task/value/card/content");
    assertThat(TeamsCardRules.problems(card)).isEmpty();
    assertThat(card.findPath("choices").findValuesAsText("value")).containsExactly("2", "3");
    assertThat(card.findPath("choices").findValuesAsText("title"))
        .containsExactly("1: b@corp[.]example", "Recipient 2, shown above");
  }

  @Test
  void aHundredWithTheLongestNamesFit() {
    String name = "漢".repeat(300);
    List<Person> persons = IntStream.range(0, 120).mapToObj(i -> person("p" + i, name)).toList();
    List<EmailAddress> all =
        IntStream.range(0, 120)
            .mapToObj(i -> address("漢".repeat(60) + i + "@" + "a".repeat(60) + ".example"))
            .toList();

    JsonNode handOver =
        Dialogs.handOver(new Ballot(TOKEN, List.of("step-aside"), STAGE, persons), TOKEN, ID)
            .orElseThrow();
    JsonNode ask = Dialogs.ask(Asking.candidates(all, _ -> true), TOKEN, ID).orElseThrow();

    assertThat(TeamsCardRules.problems(handOver.at("/task/value/card/content"))).isEmpty();
    assertThat(TeamsCardRules.problems(ask.at("/task/value/card/content"))).isEmpty();
    assertThat(handOver.toString()).contains("To the others: step aside", "There are more");
  }

  @Test
  void aRefusedClickIsTheDesignsMessage() {
    JsonNode sample = TeamsSamples.named("refused-not-allowed");
    Notice notice =
        new Notice(
            "You may not decide this case",
            sample.path("value").asText().replaceFirst("^You may not decide this case\\. ", ""));

    assertThat(TeamsSamples.reread(Invokes.told(notice))).isEqualTo(sample);
    assertThat(Dialogs.told(notice).at("/task/value")).isEqualTo(sample.path("value"));
  }

  @Test
  void aClickThatCouldNotBeRecordedIsTheDesignsErrorAndCanBeRepeated() {
    assertThat(TeamsSamples.reread(Invokes.notRecorded()))
        .isEqualTo(TeamsSamples.named("invoke-retryable-error"));
  }

  @Test
  void aNewCardIsAnsweredAsTeamsDocumentsIt() {
    ObjectNode card = AdaptiveCards.of(CardSample.named("released"));

    JsonNode answer = Invokes.card(card);

    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.path("type").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(answer.path("value")).isEqualTo(card);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'1,3', '1 3'",
    "' 2 , 1 ', '2 1'",
    "'1,x', '1 0'",
    "'0', '0'",
    "'-1', '0'",
    "'1;2', '0'",
    "',', '0 0'",
    "'99999', '0'"
  })
  void whatIsNoNumberIsNobodysAndNeverNothing(String value, String numbers) {
    assertThat(Field.numbers(value).stream().map(String::valueOf))
        .isEqualTo(numbers.isEmpty() ? List.of() : List.of(numbers.split(" ")));
  }

  @Test
  void nobodyChosenIsNotEverybody() {
    List<EmailAddress> two = List.of(address("a@corp.example"), address("b@corp.example"));

    assertThat(Field.release("pn.release", "", two)).isEmpty();
    assertThat(Field.release("pn.release", "3", two)).isEmpty();
    assertThat(Field.release("pn.release", "1,x", two)).isEmpty();
    assertThat(Field.release("pn.release", "2", two))
        .contains(new Choice.ReleaseTo(List.of(two.get(1))));
    assertThat(Field.release("pn.release", "1,2", two)).contains(new Choice.ReleaseAll());
    assertThat(Field.release("pn.release_all", "", two)).contains(new Choice.ReleaseAll());
  }

  @Test
  void reasonsStandInFieldsNamedByTheirVerb() {
    assertThat(Field.reason("pn.release")).isEqualTo("rel_reason");
    assertThat(Field.reason("pn.release_all")).isEqualTo("rel_reason");
    assertThat(Field.reason("pn.discard")).isEqualTo("discard_reason");
  }

  private static Person person(String id, String name) {
    return new Person(id, name, Optional.empty(), Optional.empty(), Set.of());
  }
}
