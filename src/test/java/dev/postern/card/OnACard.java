package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.TokenId;
import dev.postern.approval.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One card of a case, a platform that does as it is told, and the keeper between. */
abstract class OnACard {
  static final String CARD = "card-1";

  final CaseFile pending = SampleCases.spoofed().build();
  final CaseFile voted = SampleCases.spoofed().voted("kim", "Kim Park", release(), "").build();
  final CaseFile released = CardWriterTest.sample("released");
  final ManyCases book = ManyCases.of(pending);
  final MemoryCardRows rows = new MemoryCardRows();
  final ScriptedSurface slack = new ScriptedSurface();
  Instant now = HELD;
  final CardKeeper keeper = keeper(List.of(slack));

  final CardKeeper keeper(List<Surface> surfaces) {
    return new CardKeeper(
        rows,
        book,
        new Tokens(List.of(new byte[32])),
        CardWriterTest.writer(),
        new Surfaces(surfaces, new Random(1)),
        () -> now,
        new Random(2));
  }

  final void aCard(String surface) {
    rows.put(
        new CardRow(
            CARD,
            pending.id(),
            new CardPlace(surface, "C0MAILOPS"),
            Optional.empty(),
            Optional.of(new TokenId("0123456789abcdef".repeat(2))),
            1,
            0));
  }

  final CardRow row() {
    return rows.find(CARD).orElseThrow();
  }

  final Optional<Duration> bring() {
    return keeper.bring(CARD, row().desired());
  }

  /** Brings the card as often as its keeper wants to come back, and lets the time pass. */
  final void settle() {
    Optional<Duration> again = bring();
    while (again.isPresent()) {
      now = now.plus(again.get());
      again = bring();
    }
  }

  final void becomes(CaseFile newer) {
    book.put(newer);
    rows.desire(CARD, row().desired() + 1);
  }

  final void assertTrue(CaseFile file) {
    assertThat(slack.cards()).as("one card").hasSize(1);
    assertThat(slack.card().orElseThrow().title())
        .isEqualTo(CardWriterTest.writer().story(file).title());
    assertThat(row().applied()).isEqualTo(row().desired());
  }
}
