package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.card.ScriptedSurface.Failure.AFTER;
import static dev.postern.card.ScriptedSurface.Failure.BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.approval.TokenId;
import dev.postern.approval.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CardKeeperTest {
  private static final String CARD = "card-1";

  private final CaseFile pending = SampleCases.spoofed().build();
  private final CaseFile voted =
      SampleCases.spoofed().voted("kim", "Kim Park", release(), "").build();
  private final OneCase book = new OneCase(pending);
  private final MemoryCardRows rows = new MemoryCardRows();
  private final ScriptedSurface slack = new ScriptedSurface();
  private final CardKeeper keeper = keeper(List.of(slack));

  private CardKeeper keeper(List<Surface> surfaces) {
    return new CardKeeper(
        rows,
        book,
        new Tokens(List.of(new byte[32])),
        CardWriterTest.writer(),
        surfaces,
        InstantSource.fixed(HELD));
  }

  private void aCard(String surface) {
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

  private CardRow row() {
    return rows.find(CARD).orElseThrow();
  }

  @Test
  void P12_aNewCardIsPostedOnceAndItsRevisionRecorded() {
    aCard("slack");

    assertThat(keeper.bring(CARD)).isEmpty();
    assertThat(keeper.bring(CARD)).isEmpty();

    assertThat(slack.posts()).isEqualTo(1);
    assertThat(row().externalId()).contains("C0MAILOPS/card-1");
    assertThat(row().applied()).isEqualTo(1);
    assertThat(slack.card().orElseThrow().actions().getFirst().token()).startsWith("pn1.");
  }

  @Test
  void P12_aPlatformThatAsksToWaitIsGivenItsTimeAndThenTheCard() {
    aCard("slack");
    slack.fails(BEFORE).asksToWait(Duration.ofSeconds(42));

    assertThat(keeper.bring(CARD)).contains(Duration.ofSeconds(42));
    assertThat(row().applied()).isZero();
    assertThat(rows.missed()).containsExactly("ratelimited");

    assertThat(keeper.bring(CARD)).isEmpty();
    assertThat(row().applied()).isEqualTo(1);
  }

  @Test
  void P12_absurdWaitsAreBounded() {
    aCard("slack");
    slack.fails(BEFORE, BEFORE).asksToWait(Duration.ZERO);
    assertThat(keeper.bring(CARD)).contains(Duration.ofSeconds(1));

    slack.asksToWait(Duration.ofDays(3));
    assertThat(keeper.bring(CARD)).contains(Duration.ofMinutes(15));
  }

  @Test
  void P12_aPostWhoseAnswerWasLostIsFoundAndNotRepeated() {
    aCard("slack");
    slack.fails(AFTER);

    assertThat(keeper.bring(CARD)).isPresent();
    assertThat(keeper.bring(CARD)).isEmpty();

    assertThat(slack.posts()).isEqualTo(1);
    assertThat(row().externalId()).isPresent();
  }

  @Test
  void P12_aLostPostThatIsFoundAtALaterRevisionShowsThatRevision() {
    aCard("slack");
    slack.fails(AFTER);
    keeper.bring(CARD);
    book.becomes(voted);
    rows.desire(CARD, 2);

    assertThat(keeper.bring(CARD)).isEmpty();

    assertThat(slack.posts()).isEqualTo(1);
    assertThat(slack.card().orElseThrow().state()).isEqualTo("voted");
    assertThat(row().applied()).isEqualTo(2);
  }

  @Test
  void P12_threeFailuresInARowEndWithOneCardThatTellsTheTruth() {
    aCard("slack");
    slack.fails(BEFORE, AFTER, BEFORE);

    for (int i = 0; i < 3; i++) {
      assertThat(keeper.bring(CARD)).as("try " + i).isPresent();
    }
    assertThat(keeper.bring(CARD)).isEmpty();

    assertThat(rows.missed()).hasSize(3);
    assertThat(slack.posts()).isEqualTo(1);
    assertThat(row().applied()).isEqualTo(1);
  }

  @Test
  void P12_anUpdateThatWasLostIsRepeated() {
    aCard("slack");
    keeper.bring(CARD);
    book.becomes(voted);
    rows.desire(CARD, 2);
    slack.fails(BEFORE);

    assertThat(keeper.bring(CARD)).isPresent();
    assertThat(row().applied()).isEqualTo(1);
    assertThat(keeper.bring(CARD)).isEmpty();

    assertThat(slack.card().orElseThrow().rev()).isEqualTo(2);
    assertThat(slack.card().orElseThrow().state()).isEqualTo("voted");
  }

  @Test
  void P12_aCaseThatChangesWhileItsCardIsPostedIsShownAgainAtOnce() {
    aCard("slack");
    slack.whileCalled(() -> rows.desire(CARD, 2));

    assertThat(keeper.bring(CARD)).contains(Duration.ZERO);
    assertThat(row().applied()).isEqualTo(1);
    assertThat(keeper.bring(CARD)).isEmpty();
    assertThat(row().applied()).isEqualTo(2);
  }

  @Test
  void P12_ofManyCallersAtOnceOnePosts() throws Exception {
    aCard("slack");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch othersAreBack = new CountDownLatch(1);
    slack.whileCalled(
        () -> {
          inside.countDown();
          await(othersAreBack);
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<Duration>> first = threads.submit(() -> keeper.bring(CARD));
      await(inside);
      for (int i = 0; i < 20; i++) {
        assertThat(keeper.bring(CARD)).contains(Duration.ofSeconds(1));
      }
      othersAreBack.countDown();

      assertThat(first.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    assertThat(slack.posts()).isEqualTo(1);
    assertThat(keeper.bring(CARD)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void aWebCardNeedsNoPosting() {
    aCard("web");

    assertThat(keeper.bring(CARD)).isEmpty();

    assertThat(row().applied()).isEqualTo(1);
    assertThat(slack.posts()).isZero();
  }

  @Test
  void aSurfaceThatIsNotConfiguredIsNoErrorAndItsCardWaits() {
    aCard("slack");

    assertThat(keeper(List.of()).bring(CARD)).isEmpty();
    assertThat(row().applied()).isZero();
    assertThat(rows.missed()).isEmpty();
    assertThat(keeper.bring(CARD)).isEmpty();
    assertThat(row().applied()).isEqualTo(1);
  }

  @Test
  void aCardThatDoesNotExistNeedsNothing() {
    assertThat(keeper.bring("no such card")).isEmpty();
  }

  @Test
  void everyClickIsAnsweredOnItsOwnSurface() {
    keeper.tell(click("slack"), new Answer.Counted(pending.id(), 1));
    keeper.tell(click("slack"), new Answer.Refused(Refusal.NOT_ALLOWED, ""));
    keeper.tell(click("web"), new Answer.Refused(Refusal.BUSY, ""));

    assertThat(slack.told())
        .extracting(Notice::title)
        .containsExactly("Your vote counts", "You may not decide this case");
  }

  @Test
  void anAnswerThatThePlatformDoesNotTakeChangesNothing() {
    slack.fails(BEFORE);

    keeper.tell(click("slack"), new Answer.Counted(pending.id(), 1));

    assertThat(slack.told()).isEmpty();
  }

  private static Click click(String surface) {
    return new Click(
        "event-1",
        surface,
        new Identity("slack", "T1", "U1"),
        "pn1.x",
        "C0MAILOPS",
        new Choice.ReleaseAll(),
        "");
  }
}
