package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Backstory;
import dev.postern.approval.Campaign;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a card says that asks about several messages at once. */
class SetCardTest {
  private static final String TOKEN = "pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU";

  private final CaseFile first = sample("pending-low");
  private final CardView card = write(first, 40);

  @Test
  void P11_itSaysHowManyItCovers_inQuestionButtonsAndConfirmations() {
    assertThat(card.kind()).isEqualTo(Kind.CAMPAIGN);
    assertThat(card.title()).isEqualTo("Release these 40 held messages?");
    assertThat(value("This vote covers"))
        .isEqualTo(
            "exactly these 40 messages; later ones (2 so far) are asked about separately, unless it"
                + " says otherwise");
    assertThat(card.actions().stream().map(CardAction::label))
        .contains("Release all 40…", "Discard all 40…");
    assertThat(card.actions().getFirst().stake().orElseThrow().consequence())
        .startsWith("All 40 are delivered");
    assertThat(card.footer()).contains(", set of 40, ");
    assertThat(value("Decide by")).contains("then all stay held");
  }

  @Test
  void P11_aFormSaysOnWhatTermsItCanCoverLaterOnes() {
    assertThat(later(card))
        .containsExactly(
            "Let later ones like these pass, too: for 24 hours, at most 100",
            "Delete later ones like these, too: for 30 days, at most 100");
    Campaign.Offer unproved = new Campaign.Offer(Optional.empty(), Duration.ofMinutes(90), 7);
    assertThat(later(write(first, ASet.of(first, 40, Optional.of(unproved)))))
        .containsExactly("Delete later ones like these, too: for 90 minutes, at most 7");
  }

  private static List<String> later(CardView card) {
    return card.actions().stream()
        .flatMap(action -> action.stake().stream())
        .flatMap(stake -> stake.later().stream())
        .toList();
  }

  @Test
  void P11_aSetOfAnEarlierVersionCoversNoLaterOnes() {
    CardView card = write(first, ASet.of(first, 40, Optional.empty()));
    assertThat(later(card)).isEmpty();
    assertThat(card.groups().toString()).doesNotContain("unless it says otherwise");
    assertThat(card.actions().stream().map(CardAction::label))
        .contains("Release all 40", "Discard all 40");
    CardAction release = card.actions().getFirst();
    assertThat(release.confirm().orElseThrow().text())
        .isEqualTo("All 40 are delivered at once and cannot be recalled. Your name is recorded.");
  }

  @Test
  void itSaysWhatDiffers() {
    assertThat(value("Subject")).contains(" on 39; ").contains("Re: ").endsWith(" on 1");
    assertThat(value("From")).contains(" on 39; ").endsWith(" on 1");
    assertThat(value("Differs"))
        .contains("the subject on 1")
        .contains("the sender’s address on 1")
        .contains("ids in links to the sender’s own domain on 1");
    assertThat(value("DMARC pass")).endsWith(", on all 40");
  }

  @Test
  void moreEvidenceNamesTheCases() {
    CardView.Group members = write(first, 500).evidence().getFirst();
    assertThat(members.rows()).hasSize(25);
    assertThat(members.rows().get(1).label()).isEqualTo("PN-7F3K-0001");
    assertThat(text(members.lines().getFirst()))
        .isEqualTo(
            "475 more stand on the page of case "
                + first.id()
                + ". Each of them can be taken out, to be asked about on its own.");
  }

  @Test
  void nobodyIsOfferedSomeOfTheRecipients() {
    assertThat(card.recipients()).isEmpty();
    assertThat(card.actions().stream().map(CardAction::id)).doesNotContain("pn.release_some");
  }

  @Test
  void itFitsTheSchema_withTwoMessagesAndWithFiveHundred() {
    for (int messages : List.of(2, 40, 500)) {
      assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(write(first, messages))))
          .isEmpty();
    }
    int rows = write(first, 500).groups().stream().mapToInt(g -> g.rows().size()).sum();
    assertThat(rows).isEqualTo(card.groups().stream().mapToInt(g -> g.rows().size()).sum());
  }

  @Test
  void aCaseThatIsDecidedSpeaksOfItself() {
    for (String name : List.of("released", "discarded", "expired")) {
      CaseFile over = sample(name);
      assertThat(write(over, 40).kind()).isEqualTo(Kind.MESSAGE);
      assertThat(over.state()).isNotEqualTo(CaseState.ASKING);
    }
  }

  private String value(String label) {
    return card.groups().stream()
        .flatMap(group -> group.rows().stream())
        .filter(row -> row.label().equals(label))
        .map(Row::value)
        .map(SetCardTest::text)
        .findFirst()
        .orElseThrow();
  }

  private static String text(List<Run> runs) {
    return runs.stream()
        .map(
            run ->
                switch (run) {
                  case Run.Own own -> own.text();
                  case Foreign foreign -> foreign.text();
                  case Run.Time time -> time.at().toString();
                  case Run.Person person -> person.name().text();
                })
        .collect(Collectors.joining());
  }

  private static CaseFile sample(String name) {
    return Objects.requireNonNull(SampleCases.all().get(name), name);
  }

  private static CardView write(CaseFile it, int messages) {
    return write(it, ASet.of(it, messages));
  }

  private static CardView write(CaseFile it, Backstory set) {
    return CardWriterTest.writer().write(it, set, CardWriterTest.row(), Optional.of(TOKEN), HELD);
  }
}
