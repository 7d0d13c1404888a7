package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Backstory;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Outcome;
import dev.postern.approval.Stage;
import dev.postern.approval.Testimony;
import dev.postern.approval.TokenId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WitnessesTest {
  private static final CardPlace ANNA = new CardPlace("slack", "U0ANNA0001");
  private static final String TOKEN = "pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU";
  private static final String QUEUED = "250 2.0.0 Ok: queued as 4XyZ1k3vQ9z2";

  @Test
  void theWitnessSeesSenderSubjectAndTimeButNoLinksFilesOrChecks() {
    CardView card = question(SampleCases.spoofed().build(), Optional.empty());

    assertThat(card.title()).isEqualTo("Do you expect this message?");
    assertThat(card.actions())
        .extracting("label")
        .containsExactly("Yes, expected", "No", "Not sure");
    assertThat(card.actions()).extracting("token").containsOnly(TOKEN);
    assertThat(card.overflow()).isEmpty();
    String said = CardViewJson.text(card);
    assertThat(said)
        .contains("service@paypal[.]com", "Your account has been limited", "Kim Park")
        .doesNotContain("Statement_Nov", "paypa1-login", "SPF", "DMARC", "Release");
    assertThat(card.evidence()).isEmpty();
    assertThat(card.fallback()).doesNotContain("paypal", "account");
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
  }

  @Test
  void whoHasAnsweredSeesTheAnswerAndNoButtons() {
    CardView card = question(SampleCases.spoofed().build(), said(Testimony.Word.UNEXPECTED));

    assertThat(card.actions()).isEmpty();
    assertThat(CardViewJson.text(card)).contains("You answered: not expected, ");
  }

  @Test
  void P8_theWitnessIsToldTheEndAndReleasedOnlyWithProof() {
    var decided = SampleCases.spoofed().voted("kim", "Kim Park", release(), "").decided(release());

    assertThat(end(decided.build())).doesNotContain("released");
    assertThat(end(decided.done(Outcome.Kind.DELIVERED_TO_NEXT_HOP, QUEUED).build()))
        .contains("It was released to you.");
    assertThat(end(discarded().build())).contains("It was discarded.");
    assertThat(end(others().build())).contains("It was not released to you.");
    assertThat(
            end(SampleCases.spoofed().state(CaseState.EXPIRED).stage(Stage.State.EXPIRED).build()))
        .contains("Nobody decided in time. It is still held.");
  }

  @Test
  void P6_thoseWhoDecideSeeTheAnswerAsNoVote() {
    CaseFile file = SampleCases.spoofed().build();

    CardView waiting = card(file, Optional.empty());
    CardView heard = card(file, said(Testimony.Word.EXPECTED));

    assertThat(CardViewJson.text(waiting)).contains("Recipient asked", "no answer yet");
    assertThat(CardViewJson.text(heard))
        .contains("Recipient says", ": yes, expected, ", "No vote.", "0 of 2, stage 1 of 1");
    assertThat(heard.actions()).isEqualTo(waiting.actions());
  }

  @ParameterizedTest
  @EnumSource
  void whoCouldNotBeAskedIsNamedWithTheReason(Testimony.Absence why) {
    CaseFile file = SampleCases.spoofed().build();
    CardView card =
        draw(
            file,
            asked().unreached(new Testimony.Unreached(why, HELD)),
            CardWriterTest.row().place());

    assertThat(CardViewJson.text(card))
        .contains("Could not ask", "anna.kovacs@corp[.]example", "Another recipient can be asked.")
        .doesNotContain("no answer yet");
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
  }

  @Test
  void theAnswerStaysOnTheCardWhenTheCaseIsOver() {
    CardView over = card(discarded().build(), said(Testimony.Word.UNEXPECTED));

    assertThat(CardViewJson.text(over)).contains("Recipient says", ": not expected, ");
  }

  @ParameterizedTest
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_hostileTextStaysAQuotationInTheQuestion(HostileVector attack) {
    CaseFile file =
        SampleCases.spoofed().from(attack.raw(), attack.raw(), "").subject(attack.raw()).build();

    CardView card = question(file, Optional.empty());

    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
    assertThat(card.fallback() + card.title() + card.footer())
        .isEqualTo(
            question(SampleCases.spoofed().build(), Optional.empty()).fallback()
                + card.title()
                + card.footer());
  }

  private static CaseBuilder discarded() {
    return SampleCases.spoofed()
        .voted("kim", "Kim Park", discard(), "")
        .decided(discard())
        .done(Outcome.Kind.DISCARDED, "deleted");
  }

  private static CaseBuilder others() {
    return SampleCases.spoofed()
        .voted("kim", "Kim Park", releaseTo("bo.lind@corp.example"), "")
        .decided(releaseTo("bo.lind@corp.example"))
        .done(Outcome.Kind.DELIVERED_TO_NEXT_HOP, QUEUED);
  }

  private static String end(CaseFile file) {
    return CardViewJson.text(question(file, said(Testimony.Word.UNSURE)));
  }

  private static Optional<Testimony.Reply> said(Testimony.Word word) {
    return Optional.of(new Testimony.Reply(word, HELD.plusSeconds(600)));
  }

  private static CardView question(CaseFile file, Optional<Testimony.Reply> reply) {
    return draw(file, reply, ANNA);
  }

  private static CardView card(CaseFile file, Optional<Testimony.Reply> reply) {
    return draw(file, reply, CardWriterTest.row().place());
  }

  private static Testimony asked() {
    return new Testimony(
        new TokenId("0".repeat(32)),
        address("anna.kovacs@corp.example"),
        "anna",
        "Anna Kovacs",
        ANNA,
        new Testimony.Asking("kim", "Kim Park", HELD.plusSeconds(300)));
  }

  private static CardView draw(CaseFile file, Optional<Testimony.Reply> reply, CardPlace at) {
    return draw(file, reply.map(asked()::answered).orElseGet(WitnessesTest::asked), at);
  }

  private static CardView draw(CaseFile file, Testimony asked, CardPlace at) {
    Backstory story =
        new Backstory(Set.of(), List.of(), Optional.empty()).with(List.of(asked), Optional.empty());
    CardRow row = new CardRow("card-1", file.id(), at, Optional.empty(), Optional.empty(), 1, 0);
    return CardWriterTest.writer()
        .write(file, story, row, Optional.of(TOKEN), HELD.plusSeconds(60));
  }
}
