package dev.postern.card;

import static dev.postern.card.ScriptedSurface.Failure.BEFORE;
import static dev.postern.card.ScriptedSurface.Failure.CLOSED;
import static dev.postern.card.ScriptedSurface.Failure.UNFIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Testimony.Absence;
import dev.postern.approval.TokenId;
import dev.postern.approval.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cards before one person alone, on a platform that does as it is told. */
class OwnChatCardsTest {
  private static final TokenId TOKEN = new TokenId("0123456789abcdef".repeat(2));

  private final CaseFile pending = SampleCases.spoofed().build();
  private final MemoryCardRows rows = new MemoryCardRows();
  private final ScriptedSurface slack = new ScriptedSurface();
  private final Instant opened = pending.openStage().orElseThrow().opens();
  private Instant now = opened;
  private final CardKeeper keeper =
      new CardKeeper(
          rows,
          ManyCases.of(pending),
          new Tokens(List.of(new byte[32])),
          CardWriterTest.writer(),
          new Surfaces(List.of(slack), new Random(1)),
          () -> now,
          new Random(2));

  /** Somebody got the card; then the case changed. */
  private void aCardThatStands() {
    aCard(Optional.of(TOKEN));
    during(Duration.ofSeconds(1));
    assertThat(slack.posts()).isEqualTo(1);
    rows.desire("card-1", 2);
  }

  private void aCard(Optional<TokenId> token) {
    CardPlace place = CardPlace.ownChat("slack", "U04KIMPARK1");
    rows.put(new CardRow("card-1", pending.id(), place, Optional.empty(), token, 1, 0));
  }

  /** Brings the card as often as its keeper wants, for so long. */
  private void during(Duration time) {
    Instant end = now.plus(time);
    Optional<Duration> again = keeper.bring("card-1", newest());
    while (again.isPresent() && now.plus(again.get()).isBefore(end)) {
      now = now.plus(again.get());
      again = keeper.bring("card-1", newest());
    }
  }

  private int newest() {
    return rows.find("card-1").orElseThrow().desired();
  }

  private void failsForLong(ScriptedSurface.Failure how) {
    for (int i = 0; i < 40; i++) {
      slack.fails(how);
    }
  }

  @Test
  void whoBlocksTheAppAfterTheCardStoodIsGivenUpTooAfterFiveMinutes() {
    aCardThatStands();
    failsForLong(CLOSED);

    during(Duration.ofMinutes(2));
    assertThat(rows.unreached).isEmpty();
    during(Duration.ofMinutes(20));
    assertThat(rows.unreached).containsExactly(Absence.SILENT);
  }

  @Test
  void whatFailsOnceLongAfterTheStageBeganIsNoReasonToGiveUp() {
    aCardThatStands();
    now = opened.plus(Duration.ofHours(1));
    slack.fails(CLOSED);

    during(Duration.ofMinutes(20));
    assertThat(rows.unreached).isEmpty();
    assertThat(rows.find("card-1").orElseThrow().applied()).isEqualTo(2);
  }

  @Test
  void aCardThatThePlatformDoesNotTakeIsGivenUpToo() {
    aCard(Optional.of(TOKEN));
    failsForLong(UNFIT);

    during(Duration.ofMinutes(4));
    assertThat(rows.unreached).isEmpty();
    during(Duration.ofMinutes(40));
    assertThat(rows.unreached).containsExactly(Absence.SILENT);
  }

  @Test
  void whereSomebodyHasToMendSomethingFirstTheOthersAreToldAfterFiveMinutes() {
    aCard(Optional.of(TOKEN));
    slack.fails(CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED);

    during(Duration.ofMinutes(4));
    assertThat(rows.unreached).isEmpty();
    during(Duration.ofMinutes(20));
    assertThat(rows.unreached).containsExactly(Absence.SILENT);
    assertThat(now).isBefore(opened.plus(Duration.ofMinutes(15)));
    assertThat(slack.posts()).isZero();
  }

  @Test
  void whileThePlatformIsAwayTheCardWaitsAsThoseInChannelsDo() {
    aCard(Optional.of(TOKEN));
    for (int i = 0; i < 40; i++) {
      slack.fails(BEFORE);
    }

    during(Duration.ofMinutes(15));
    assertThat(rows.unreached).isEmpty();
    during(Duration.ofHours(2));
    assertThat(slack.posts()).isEqualTo(1);
  }

  @Test
  void nobodyGetsACardTooLateToBeAsked() {
    aCard(Optional.empty());

    assertThat(keeper.bring("card-1", 1)).isEmpty();
    assertThat(slack.calls()).isZero();
    assertThat(rows.find("card-1").orElseThrow().applied()).isEqualTo(1);
  }
}
