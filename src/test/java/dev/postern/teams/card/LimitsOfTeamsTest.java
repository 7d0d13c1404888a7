package dev.postern.teams.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseFile;
import dev.postern.card.CardSample;
import dev.postern.card.CardView;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.Cleaner;
import dev.postern.card.EveryCard;
import dev.postern.card.Foreign;
import dev.postern.card.Run;
import dev.postern.mail.MessageSummary.Attachment;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Teams refuses a card that is too large; a person must be asked whatever the message brings. */
class LimitsOfTeamsTest {
  /** The longest that a place takes, in letters of one, three and four octets. */
  private static final List<String> LETTERS = List.of("A", "漢", "𝒳", "&", "\"");

  private static final Viewers SIXTY =
      new Viewers(
          IntStream.range(0, 60).mapToObj(i -> "29:1a" + i + "x".repeat(60)).toList(),
          "pn1." + "x".repeat(32));

  @ParameterizedTest
  @ValueSource(strings = {"A", "漢", "𝒳", "&", "\"", "\\", "é\u0301"})
  void everyCardFitsWithTheLongestTextsInEveryPlace(String letter) {
    EveryCard.with(letter.repeat(450))
        .forEach(
            (name, view) -> {
              ObjectNode card = AdaptiveCards.of(view, SIXTY);
              assertThat(Json.size(card)).as(name).isLessThanOrEqualTo(20_000);
              assertThat(TeamsCardRules.problems(card)).as(name).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 24, 25, 26, 100, 500})
  void howeverManyRecipientsAndFilesThereAreItCanBeDecided(int many) {
    CardView view = EveryCard.of(crowded(many));

    ObjectNode card = AdaptiveCards.of(view, SIXTY);

    assertThat(Json.size(card)).isLessThanOrEqualTo(20_000);
    assertThat(TeamsCardRules.problems(card)).isEmpty();
    assertThat(verbs(card)).contains(many <= 25 ? "pn.release" : "pn.release_all", "pn.discard");
    assertThat(card.findValuesAsText("title")).contains("Other actions");
    JsonNode choices = card.at("/actions/0/card").findPath("choices");
    assertThat(choices.size()).isEqualTo(many <= 25 ? many : 0);
    assertThat(texts(card)).contains("From: ", "Subject: ", "Decide by: ");
  }

  @Test
  void evidenceGoesFirstAndADialogHasIt() {
    CardView view = filled(2, 4, foreign("A", 240));
    CardView more = withEvidence(view, 8, 90);

    JsonNode small = AdaptiveCards.of(withEvidence(view, 2, 3));
    JsonNode card = AdaptiveCards.of(more);

    assertThat(small.findValuesAsText("title")).contains("Open full evidence");
    assertThat(card.toString()).contains("A".repeat(240));
    assertThat(card.findValuesAsText("title"))
        .contains("More evidence")
        .doesNotContain("Open full evidence");
    assertThat(card.toString()).contains("task/fetch");
    assertThat(Json.size((ObjectNode) card)).isLessThanOrEqualTo(20_000);
  }

  @Test
  void aPartOfTheEvidenceSaysThatThereIsMore() {
    JsonNode card = AdaptiveCards.of(withEvidence(filled(2, 4, foreign("A", 60)), 8, 20));

    assertThat(texts(card)).contains("There is more in the full evidence.");
    assertThat(card.findValuesAsText("title")).contains("Open full evidence");
  }

  @Test
  void thenTextsLoseTheirMiddleButKeepTheirEnds() {
    String address = "service." + "漢".repeat(120) + "@evil.example";
    CardView view = filled(8, 8, Cleaner.clean(address, Cleaner.Kind.ADDRESS));

    JsonNode card = AdaptiveCards.of(view);

    assertThat(texts(card))
        .filteredOn(t -> t.startsWith("service"))
        .isNotEmpty()
        .allMatch(t -> t.endsWith("@evil[.]example") && t.contains("…"));
    assertThat(texts(card)).contains("Not everything fits here. Postern’s web page shows it.");
  }

  @Test
  void atLastOnlyWhatADecisionNeedsIsLeft() {
    JsonNode card = AdaptiveCards.of(filled(12, 60, foreign("𝒳", 398)), SIXTY);

    assertThat(Json.size((ObjectNode) card)).isLessThanOrEqualTo(20_000);
    assertThat(TeamsCardRules.problems(card)).isEmpty();
    assertThat(card.path("body").findValuesAsText("id")).contains("who", "rest");
    assertThat(verbs(card)).contains("pn.release_all", "pn.discard");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyCardAtAllFits(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      String letter = LETTERS.get(random.nextInt(LETTERS.size()));
      CardView view =
          filled(
              1 + random.nextInt(12),
              1 + random.nextInt(80),
              foreign(letter, 1 + random.nextInt(398)));
      ObjectNode card = AdaptiveCards.of(withEvidence(view, random.nextInt(10), 30), SIXTY);

      assertThat(Json.size(card)).isLessThanOrEqualTo(20_000);
      assertThat(TeamsCardRules.problems(card)).isEmpty();
    }
  }

  @Test
  void whatFitsIsNotTouched() {
    CardView view = CardSample.named("voted-1-of-2");

    assertThat(AdaptiveCards.of(view, SIXTY).toString()).doesNotContain("Not everything fits");
  }

  @Test
  void allEvidenceIsShownOnAsManyPagesAsItNeeds() {
    CardView view = Objects.requireNonNull(EveryCard.with("漢".repeat(450)).get("hostile-0"));
    EvidencePages pages =
        new EvidencePages(view.caseId(), "pn1." + "x".repeat(32), view.evidence(), "");
    int runs = 0;
    for (int page = 1; page <= pages.count(); page++) {
      ObjectNode dialog = Dialogs.evidence(pages, page);
      JsonNode card = dialog.at("/task/value/card/content");
      assertThat(Json.size((ObjectNode) card)).isLessThanOrEqualTo(20_000);
      assertThat(TeamsCardRules.problems(card)).isEmpty();
      runs += card.findParents("fontType").size();
    }

    assertThat(pages.count()).isGreaterThan(1);
    assertThat(runs)
        .isEqualTo(
            (int)
                view.evidence().stream()
                    .flatMap(g -> g.rows().stream())
                    .flatMap(r -> r.value().stream())
                    .filter(Foreign.class::isInstance)
                    .count());
  }

  private static CaseFile crowded(int many) {
    String[] all =
        IntStream.range(0, many)
            .mapToObj(i -> "漢".repeat(40) + i + "@" + "a".repeat(60) + ".corp.example")
            .toArray(String[]::new);
    List<Attachment> files =
        Collections.nCopies(50, new Attachment("漢".repeat(200) + ".pdf.exe", "x/y", 1));
    String[] hosts =
        IntStream.range(0, 50).mapToObj(i -> "h" + i + ".evil.example").toArray(String[]::new);
    return aCase()
        .to(all)
        .subject("漢".repeat(500))
        .content(files, hosts)
        .quorum(30)
        .voted("kim", "漢".repeat(200), release(), "漢".repeat(500))
        .voted("noor", "漢".repeat(200), release(), "漢".repeat(500))
        .build();
  }

  private static Foreign foreign(String letter, int length) {
    return Cleaner.clean(letter.repeat(length), Cleaner.Kind.REASON);
  }

  private static CardView filled(int groups, int rows, Foreign text) {
    List<Row> each = Collections.nCopies(rows, new Row("Fact", List.of(text, Run.own(" is so"))));
    List<Group> all =
        IntStream.range(0, groups)
            .mapToObj(i -> new Group(i == 0 ? "who" : "g" + i, "Title", each))
            .toList();
    CardView c = CardSample.named("pending-high");
    return new CardView(
        c.kind(),
        c.state(),
        c.caseId(),
        c.rev(),
        c.title(),
        c.verdict(),
        c.lead(),
        all,
        c.actions(),
        c.overflow(),
        c.recipients(),
        List.of(),
        c.footer(),
        c.fallback());
  }

  private static CardView withEvidence(CardView c, int groups, int rows) {
    List<Row> each =
        Collections.nCopies(rows, new Row("Found", List.of(foreign("B", 40), Run.own("."))));
    return new CardView(
        c.kind(),
        c.state(),
        c.caseId(),
        c.rev(),
        c.title(),
        c.verdict(),
        c.lead(),
        c.groups(),
        c.actions(),
        c.overflow(),
        c.recipients(),
        Collections.nCopies(groups, new Group("ev", "Evidence", each)),
        c.footer(),
        c.fallback());
  }

  private static List<String> verbs(JsonNode card) {
    return card.findValuesAsText("verb");
  }

  private static List<String> texts(JsonNode card) {
    return card.findValuesAsText("text");
  }
}
