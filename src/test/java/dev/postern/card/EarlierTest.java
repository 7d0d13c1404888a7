package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.evidence.EvidenceBuilder.aSpoof;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.AStage;
import dev.postern.approval.Backstory;
import dev.postern.approval.Backstory.Before;
import dev.postern.approval.Backstory.Past;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Stage;
import dev.postern.approval.Vote;
import dev.postern.evidence.Digest;
import dev.postern.evidence.DmarcResult;
import dev.postern.policy.StagePlan.ReasonRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What cards say of earlier stages, and of evidence that changed. */
class EarlierTest {
  private static final Instant CLOSED = HELD.plus(Duration.ofHours(2));
  private static final CardPlace FIRST = CardWriterTest.row().place();
  private static final CardPlace SECOND = new CardPlace("slack", "C0LEADS");
  private static final String TOKEN = "pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU";

  private final Stage second = stage(2, "Mail security leads", CLOSED, Stage.State.OPEN, 1);

  @Test
  void theFirstCardSaysInTheDesignsWordsWhereTheCaseWent() {
    JsonNode sample = CardSample.worded("escalated");

    JsonNode card = CardViewJson.tree(draw(file(), past(Stage.State.ESCALATED), Optional.empty()));

    assertThat(card.path("state")).isEqualTo(sample.path("state"));
    assertThat(card.path("title")).isEqualTo(sample.path("title"));
    assertThat(words(card.path("lead"))).isEqualTo(words(sample.path("lead")));
    assertThat(words(card.path("groups"))).isEqualTo(words(sample.path("groups")));
    assertThat(card.path("actions").findValuesAsText("label"))
        .isEqualTo(sample.path("actions").findValuesAsText("label"));
    assertThat(card.path("actions").findValuesAsText("id")).containsExactly("pn.evidence");
    assertThat(card.has("overflow")).isFalse();
    assertThat(card.has("recipients")).isFalse();
    assertThat(card.has("verdict")).isFalse();
  }

  @Test
  void whereTheNextAreAskedAloneNobodyIsSentToAChannel() {
    Backstory alone =
        new Backstory(
            Set.of(CardPlace.ownChat("teams", "u1")),
            past(Stage.State.ESCALATED).past(),
            Optional.empty());

    assertThat(CardViewJson.text(draw(file(), alone, Optional.empty())))
        .contains("each in a chat of their own")
        .doesNotContain("in their own channel");
  }

  @Test
  void theNextCardAsksAndShowsEarlierVotesAsNotCounted() {
    CardView card = draw(file(), past(Stage.State.ESCALATED), Optional.of(TOKEN), SECOND);

    String said = CardViewJson.text(card);
    assertThat(card.title()).isEqualTo("Release this held message?");
    assertThat(card.actions()).isNotEmpty();
    assertThat(said)
        .contains("Stage 1 ended", "it ended with 1 of 2 votes", "not counted here")
        .contains("Customer confirmed by phone", "0 of 1, stage 2 of 2");
  }

  @Test
  void aStageThatAgreedIsNotSaidToHaveEnded() {
    CardView first = draw(file(), past(Stage.State.CARRIED), Optional.empty());

    assertThat(CardViewJson.text(first))
        .contains("Stage 1 agreed to release. ", " must agree too", "in their own channel.")
        .doesNotContain("ended");
  }

  @Test
  void aChannelThatIsOnlyToldSeesTheCaseItself() {
    CardPlace told = new CardPlace("slack", "C0TOLD");

    assertThat(draw(file(), past(Stage.State.ESCALATED), Optional.empty(), told).title())
        .isEqualTo("Release this held message?");
  }

  @Test
  void P11_aCardWhoseEvidenceChangedSaysWhatItWasAndThatVotesStartAgain() {
    JsonNode sample = CardSample.worded("superseded");
    CaseFile file = SampleCases.spoofed().build();
    Backstory story = changed(aSpoof().dmarc(DmarcResult.TEMPERROR), 1);

    CardView card = draw(file, story, Optional.of(TOKEN));

    assertThat(card.state()).isEqualTo("superseded");
    assertThat(card.title()).isEqualTo(sample.path("title").asText());
    String said = CardViewJson.text(card);
    assertThat(said)
        .contains("Since the first vote, 1 fact changed. 1 earlier vote no longer counts.")
        .contains("What changed", "was temperror, now fail", " replaces ");
    assertThat(card.groups().getFirst().id()).isEqualTo("diff");
    assertThat(card.actions()).isNotEmpty();
  }

  @Test
  void whatChangedStaysOnTheCardWhilePeopleVoteAgain() {
    CaseFile voted = SampleCases.spoofed().voted("kim", "Kim Park", release(), "again").build();
    Backstory story = changed(aSpoof().dmarc(DmarcResult.TEMPERROR), 0);

    CardView card = draw(voted, story, Optional.of(TOKEN));

    assertThat(card.state()).isEqualTo("voted");
    assertThat(CardViewJson.text(card)).contains("was temperror, now fail");
  }

  @Test
  void P13_hostileReasonsAndNamesOfEarlierVotesStayQuotations() {
    Vote hostile =
        new Vote(
            1,
            "eve",
            "<!channel> *Eve*",
            release(),
            "<@U1> https://evil.example",
            digest(),
            "web",
            HELD);
    Past past =
        new Past(
            stage(1, "Mail on-call", HELD, Stage.State.ESCALATED, 2),
            List.of(hostile),
            Set.of(FIRST));
    Backstory story = new Backstory(Set.of(SECOND), List.of(past), Optional.empty());

    String said = CardViewJson.text(draw(file(), story, Optional.of(TOKEN), SECOND));

    assertThat(said).contains("hxxps://evil[.]example").doesNotContain("https://evil");
    assertThat(
            SchemaCheck.ofCards()
                .problems(CardViewJson.tree(draw(file(), story, Optional.empty()))))
        .isEmpty();
  }

  private CaseFile file() {
    return SampleCases.spoofed().at(second).build();
  }

  private static Backstory past(Stage.State ended) {
    Vote vote =
        new Vote(
            1,
            "kim",
            "Kim Park",
            release(),
            "Customer confirmed by phone",
            digest(),
            "slack",
            HELD.plus(Duration.ofMinutes(17)));
    Past first = new Past(stage(1, "Mail on-call", HELD, ended, 2), List.of(vote), Set.of(FIRST));
    return new Backstory(Set.of(SECOND), List.of(first), Optional.empty());
  }

  private static Backstory changed(dev.postern.evidence.EvidenceBuilder was, int votes) {
    return new Backstory(
        Set.of(FIRST), List.of(), Optional.of(new Before(was.build(), digest(), votes)));
  }

  private static CardView draw(CaseFile file, Backstory story, Optional<String> token) {
    return draw(file, story, token, FIRST);
  }

  private static CardView draw(
      CaseFile file, Backstory story, Optional<String> token, CardPlace at) {
    var row = CardWriterTest.row();
    var here =
        new dev.postern.approval.CardRow(
            row.id(), row.caseId(), at, row.externalId(), row.token(), row.desired(), 0);
    return CardWriterTest.writer().write(file, story, here, token, HELD.plusSeconds(60));
  }

  private static Stage stage(
      int ordinal, String name, Instant opens, Stage.State state, int quorum) {
    Stage only =
        new AStage(
                ordinal,
                name,
                List.of("kim", "noor"),
                quorum,
                ReasonRule.NEVER,
                opens,
                opens.plus(Duration.ofHours(4)))
            .in(state);
    return new Stage(
        only.id(),
        new Stage.Place("on-call", 1, ordinal, 2),
        only.name(),
        only.approvers(),
        only.terms(),
        only.opens(),
        only.closes(),
        only.state());
  }

  private static Digest digest() {
    return Digest.of("{}");
  }

  /** Everything that is read, in order; a person by name. */
  private static String words(JsonNode node) {
    StringBuilder words = new StringBuilder();
    if (node.isObject() && node.has("kind")) {
      words.append(node.path("text").asText()).append(node.path("name").asText());
      words.append(node.path("at").asText());
    } else {
      words.append(node.path("label").asText());
      node.forEach(child -> words.append(words(child)));
    }
    return words.toString();
  }
}
