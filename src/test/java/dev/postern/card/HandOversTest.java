package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.discard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Backstory;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.HandOver;
import dev.postern.approval.Testimony;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of places that were handed over. */
class HandOversTest {
  private static final CardPlace NOORS = new CardPlace("slack", "U04NOORHAD1");
  private static final URI LINK = URI.create("https://corp-example.slack.com/archives/C0/p1");

  private final CaseFile asking = SampleCases.spoofed().build();

  @Test
  void theNoticeSaysWhoAndWhyAndWhereButNothingOfTheMessage() {
    CardView notice = notice(asking, over("I am on leave."));

    assertThat(notice.title()).isEqualTo("Handed over to you");
    assertThat(CardViewJson.text(notice))
        .contains("Kim Park", "Note for you", "I am on leave.", "PN-7F3K-2QXD", "Decide by")
        .doesNotContain("paypal", "limited", "Statement", "anna", "DMARC", "risk");
    assertThat(notice.actions())
        .extracting(CardView.CardAction::url)
        .containsOnly(Optional.of(LINK));
    assertThat(notice.fallback()).isEqualTo("Handed over to you. Case PN-7F3K-2QXD.");
  }

  @Test
  void whenThereIsNothingLeftToDecideTheNoticeSaysSo() {
    CaseFile over =
        SampleCases.spoofed().voted("kim", "Kim Park", discard(), "").decided(discard()).build();

    assertThat(CardViewJson.text(notice(over, over(""))))
        .contains("Was handed over to you", "nothing left to decide for you")
        .doesNotContain("Decide by", "Note for you");
  }

  @Test
  void theOthersSeeOnTheCardWhoDecidesInWhosePlaceAndTheNote() {
    CardView card = draw(asking, over("I am on leave."), CardWriterTest.row().place());

    assertThat(CardViewJson.text(card))
        .contains("Handed over", "Kim Park", "Noor Haddad", "Note with it", "I am on leave.");
    assertThat(card.actions()).isNotEmpty();
  }

  @Test
  void thatSomebodyCouldNotBeToldStandsOnTheCard() {
    HandOver untold =
        new HandOver(
            1,
            over("").from(),
            over("").to(),
            "",
            HELD,
            Optional.of(NOORS),
            Optional.of(Testimony.Absence.NO_MESSAGES));

    assertThat(CardViewJson.text(draw(asking, untold, CardWriterTest.row().place())))
        .contains("who could not be told: the account takes no messages of Postern");
  }

  @ParameterizedTest
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_aHostileNoteStaysAQuotation(HostileVector attack) {
    HandOver over = over(attack.raw());
    for (CardPlace at : List.of(NOORS, CardWriterTest.row().place())) {
      CardView card = draw(asking, over, at, Optional.empty());
      assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
      assertThat(card.title() + card.fallback() + card.footer())
          .doesNotContain("evil", "paypal.com");
    }
  }

  @Test
  void whereThePlatformGaveNoLinkTheNoticeIsCompleteWithout() {
    assertThat(draw(asking, over(""), NOORS, Optional.empty()).actions()).isEmpty();
  }

  private HandOver over(String note) {
    return new HandOver(
        asking.openStage().orElseThrow().id(),
        new HandOver.Party("kim", "Kim Park"),
        new HandOver.Party("noor", "Noor Haddad"),
        note,
        HELD.plusSeconds(60),
        Optional.of(NOORS),
        Optional.empty());
  }

  private static CardView notice(CaseFile file, HandOver over) {
    return draw(file, over, NOORS);
  }

  private static CardView draw(CaseFile file, HandOver over, CardPlace at) {
    return draw(file, over, at, Optional.of(LINK));
  }

  private static CardView draw(CaseFile file, HandOver over, CardPlace at, Optional<URI> link) {
    Backstory story = Backstory.none().handed(List.of(over)).linked(link);
    CardRow row = new CardRow("card-1", file.id(), at, Optional.empty(), Optional.empty(), 1, 0);
    return CardWriterTest.writer()
        .write(file, story, row, Optional.of("pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU"), HELD);
  }
}
