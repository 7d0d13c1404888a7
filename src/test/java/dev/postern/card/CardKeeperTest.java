package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.card.ScriptedSurface.Failure.AFTER;
import static dev.postern.card.ScriptedSurface.Failure.BEFORE;
import static dev.postern.card.ScriptedSurface.Failure.CLOSED;
import static dev.postern.card.ScriptedSurface.Failure.UNFIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import org.junit.jupiter.api.Test;

class CardKeeperTest {
  private static final String CARD = "card-1";

  private final CaseFile pending = SampleCases.spoofed().build();
  private final CaseFile voted =
      SampleCases.spoofed().voted("kim", "Kim Park", release(), "").build();
  private final CaseFile released = CardWriterTest.sample("released");
  private final ManyCases book = ManyCases.of(pending);
  private final MemoryCardRows rows = new MemoryCardRows();
  private final ScriptedSurface slack = new ScriptedSurface();
  private Instant now = HELD;
  private final CardKeeper keeper = keeper(List.of(slack));

  private CardKeeper keeper(List<Surface> surfaces) {
    return new CardKeeper(
        rows,
        book,
        new Tokens(List.of(new byte[32])),
        CardWriterTest.writer(),
        new Surfaces(surfaces, new Random(1)),
        () -> now,
        new Random(2));
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

  private Optional<Duration> bring() {
    return keeper.bring(CARD, row().desired());
  }

  /** Brings the card as often as its keeper wants to come back, and lets the time pass. */
  private void settle() {
    Optional<Duration> again = bring();
    while (again.isPresent()) {
      now = now.plus(again.get());
      again = bring();
    }
  }

  private void becomes(CaseFile newer) {
    book.put(newer);
    rows.desire(CARD, row().desired() + 1);
  }

  private void assertTrue(CaseFile file) {
    assertThat(slack.cards()).as("one card").hasSize(1);
    assertThat(slack.card().orElseThrow().title())
        .isEqualTo(CardWriterTest.writer().story(file).title());
    assertThat(row().applied()).isEqualTo(row().desired());
  }

  @Test
  void P12_aNewCardIsPostedOnceAndItsRevisionRecorded() {
    aCard("slack");

    assertThat(bring()).isEmpty();
    assertThat(bring()).isEmpty();

    assertThat(slack.posts()).isEqualTo(1);
    assertThat(row().externalId()).contains("C0MAILOPS/1");
    assertThat(row().applied()).isEqualTo(1);
    assertThat(slack.card().orElseThrow().actions().getFirst().token()).startsWith("pn1.");
  }

  @Test
  void P12_aPlatformThatAsksToWaitIsGivenItsTimeAndThenTheCard() {
    aCard("slack");
    slack.fails(BEFORE).asksToWait(Duration.ofSeconds(42));

    Duration wait = bring().orElseThrow();

    assertThat(wait).isBetween(Duration.ofSeconds(42), Duration.ofSeconds(47));
    assertThat(rows.missed()).containsExactly("ratelimited");
    int calls = slack.calls();
    now = now.plusSeconds(41);
    assertThat(bring()).as("woken early").contains(wait.minusSeconds(41));
    assertThat(slack.calls()).isEqualTo(calls);
    settle();
    assertTrue(pending);
  }

  @Test
  void P12_aCardThatHasToWaitTakesNoTurnAndThenJumpsToTheNewestRevision() {
    aCard("slack");
    slack.keepsWaiting(Duration.ofSeconds(40), Duration.ofSeconds(30));

    assertThat(bring()).contains(Duration.ofSeconds(40));
    assertThat(rows.missed()).isEmpty();
    becomes(voted);
    now = now.plusSeconds(10);
    assertThat(bring()).contains(Duration.ofSeconds(30));
    becomes(released);
    assertThat(keeper.bring(CARD, 1)).as("an older wake-up has nothing to do").isEmpty();
    now = now.plusSeconds(30);
    assertThat(bring()).isEmpty();

    assertThat(slack.posts()).as("one call for three revisions").isEqualTo(1);
    assertThat(row().desired()).isEqualTo(3);
    assertTrue(released);
  }

  @Test
  void whatAsksAndWhatEndsGoesFirst() {
    aCard("slack");
    bring();
    becomes(voted);
    bring();
    CardRow asking = row();
    rows.put(
        new CardRow(
            CARD, asking.caseId(), asking.place(), asking.externalId(), Optional.empty(), 3, 2));
    book.put(released);
    bring();

    assertThat(slack.errands())
        .extracting(Errand::kind, Errand::first)
        .containsExactly(
            tuple(Errand.Kind.POST, true),
            tuple(Errand.Kind.UPDATE, false),
            tuple(Errand.Kind.UPDATE, true));
  }

  @Test
  void P12_aLookForALostPostWaitsItsTurnAndSoDoesTheUpdateOfWhatItFound() {
    aCard("slack");
    slack.fails(AFTER);
    now = now.plus(bring().orElseThrow());
    becomes(voted);
    slack.errands().clear();
    Duration seven = Duration.ofSeconds(7);
    slack.leave().keepsWaiting(seven);

    assertThat(bring()).contains(seven);
    now = now.plus(seven);
    slack.leave().leave().keepsWaiting(seven);
    assertThat(bring()).contains(seven);
    now = now.plus(seven);
    settle();

    assertThat(slack.posts()).isEqualTo(1);
    assertThat(slack.errands())
        .extracting(Errand::kind)
        .startsWith(
            Errand.Kind.POST,
            Errand.Kind.FIND,
            Errand.Kind.POST,
            Errand.Kind.FIND,
            Errand.Kind.UPDATE,
            Errand.Kind.UPDATE);
    assertTrue(voted);
  }

  @Test
  void P12_aPostWhoseAnswerWasLostIsFoundAndNotRepeated() {
    aCard("slack");
    slack.fails(AFTER);

    assertThat(bring()).isPresent();
    settle();

    assertThat(slack.posts()).isEqualTo(1);
    assertTrue(pending);
  }

  @Test
  void P12_aLostPostThatIsFoundAtALaterRevisionShowsThatRevision() {
    aCard("slack");
    slack.fails(AFTER);
    bring();
    becomes(voted);

    settle();

    assertThat(slack.posts()).isEqualTo(1);
    assertTrue(voted);
  }

  @Test
  void P12_threeFailuresInARowEndWithOneCardThatTellsTheTruth() {
    aCard("slack");
    slack.fails(BEFORE, AFTER, BEFORE);

    settle();

    assertThat(rows.missed()).hasSize(3);
    assertThat(slack.posts()).isEqualTo(1);
    assertTrue(pending);
  }

  @Test
  void P12_aPostThatMayStillBeOnItsWayIsNotRepeatedBeforeItCouldHaveArrived() {
    aCard("slack");
    slack.fails(AFTER);
    Instant lost = now;
    bring();
    CardView late = slack.card().orElseThrow();
    slack.wiped();
    slack.whileCalled(() -> assertThat(now).isAfterOrEqualTo(lost.plusSeconds(20)));
    now = now.plusSeconds(10);
    Duration wait = bring().orElseThrow();
    now = now.plus(wait);
    slack.appears("C0MAILOPS/1", CARD, late);

    settle();

    assertThat(slack.posts()).isEqualTo(1);
    assertTrue(pending);
  }

  @Test
  void P12_aPostIsLookedForOnlyWhereOneMayStand() {
    aCard("slack");
    slack.fails(BEFORE, BEFORE);

    settle();

    assertThat(slack.calls()).as("two refusals, a post and its end").isEqualTo(4);
  }

  @Test
  void P12_tenRevisionsWhileThePlatformIsAwayAreOneUpdate() {
    aCard("slack");
    settle();
    slack.fails(BEFORE);
    becomes(voted);
    Duration wait = bring().orElseThrow();
    int calls = slack.calls();
    for (int i = 0; i < 10; i++) {
      becomes(voted);
      assertThat(keeper.bring(CARD, row().desired() - 1)).as("an older wake-up").isEmpty();
      assertThat(bring()).isPresent();
    }
    assertThat(slack.calls()).isEqualTo(calls);

    now = now.plus(wait);
    settle();

    assertThat(slack.calls() - calls).as("an update and its end").isEqualTo(2);
    assertThat(slack.card().orElseThrow().rev()).isEqualTo(12);
    assertTrue(voted);
  }

  @Test
  void P12_anUpdateThatMayStillBeOnItsWayIsFollowedByAnotherOne() {
    aCard("slack");
    settle();
    slack.fails(AFTER);
    becomes(voted);
    Instant lost = now;
    bring();
    CardView late = slack.card().orElseThrow();
    becomes(released);
    now = now.plusSeconds(10);
    bring();
    slack.arrives("C0MAILOPS/1", late);
    assertThat(row().applied()).as("not certain yet").isEqualTo(1);

    settle();

    assertThat(now).isAfterOrEqualTo(lost.plusSeconds(20));
    assertTrue(released);
  }

  @Test
  void P12_aReplicaThatIsTakenForDeadPostsNoSecondCard() {
    aCard("slack");
    CardKeeper other = keeper(List.of(slack));
    slack.whileCalled(
        () -> {
          slack.whileCalled(() -> {});
          rows.forget(CARD); // the first one is asleep; the second looks, finds none and posts
          now = now.plusSeconds(20);
          now = now.plus(other.bring(CARD, 1).orElseThrow());
          assertThat(other.bring(CARD, 1)).isEmpty();
        });

    keeper.bring(CARD, 1);
    settle();

    assertThat(slack.posts()).isEqualTo(2);
    assertTrue(pending);
  }

  @Test
  void P12_aReplicaThatComesLateDoesNotLeaveAnOldRevisionBehind() {
    aCard("slack");
    settle();
    CardKeeper other = keeper(List.of(slack));
    becomes(voted);
    slack.whileCalled(
        () -> {
          slack.whileCalled(() -> {});
          rows.forget(CARD);
          becomes(released);
          now = now.plusSeconds(20);
          other.bring(CARD, row().desired());
        });

    keeper.bring(CARD, 2); // draws "voted" after the other has drawn "released"
    settle();

    assertTrue(released);
  }

  @Test
  void P12_ofManyCallersOnePosts() {
    aCard("slack");
    CardKeeper other = keeper(List.of(slack));
    slack.whileCalled(
        () -> {
          for (int i = 0; i < 20; i++) {
            assertThat(keeper.bring(CARD, 1)).contains(Duration.ofSeconds(1));
            assertThat(other.bring(CARD, 1)).contains(Duration.ofSeconds(1));
          }
        });

    assertThat(bring()).isEmpty();
    assertThat(slack.posts()).isEqualTo(1);
  }

  @Test
  void P12_aCardThatSomebodyRemovesComesBackWhilePeopleAreAsked() {
    aCard("slack");
    settle();
    slack.wiped();
    becomes(voted);

    settle();

    assertThat(slack.posts()).isEqualTo(2);
    assertTrue(voted);
  }

  @Test
  void P12_aCardThatSomebodyRemovesStaysRemovedWhenAllIsOver() {
    aCard("slack");
    settle();
    slack.wiped();
    becomes(released);

    settle();

    assertThat(slack.posts()).isEqualTo(1);
    assertThat(slack.cards()).isEmpty();
    assertThat(row().applied()).isEqualTo(row().desired());
  }

  @Test
  void P12_aClosedChannelIsToldNotHammeredAndUsedAgainOnceItIsMended() {
    aCard("slack");
    for (int i = 0; i < 40; i++) {
      slack.fails(CLOSED);
    }
    Instant begun = now;
    int tries = 0;
    while (now.isBefore(begun.plus(Duration.ofHours(2)))) {
      now = now.plus(bring().orElseThrow());
      tries++;
    }

    assertThat(tries).as("tries in two hours").isLessThan(50);
    assertThat(keeper.trouble().orElseThrow())
        .contains("slack C0MAILOPS wait since " + begun + ": channel_not_found");
    settle();
    assertTrue(pending);
    assertThat(keeper.trouble()).isEmpty();
  }

  @Test
  void aCardThatThePlatformDoesNotTakeStopsNoOther() {
    aCard("slack");
    slack.fails(UNFIT, UNFIT, UNFIT);
    for (int i = 0; i < 3; i++) {
      now = now.plus(bring().orElseThrow());
    }
    assertThat(keeper.trouble()).contains("1 cards failed several times");
    rows.put(
        new CardRow(
            "card-2",
            pending.id(),
            new CardPlace("slack", "C0MAILOPS"),
            Optional.empty(),
            Optional.empty(),
            1,
            0));

    assertThat(keeper.bring("card-2", 1)).isEmpty();
    assertThat(slack.posts()).isEqualTo(1);
  }

  @Test
  void aWebCardNeedsNoPosting() {
    aCard("web");

    assertThat(bring()).isEmpty();

    assertThat(row().applied()).isEqualTo(1);
    assertThat(slack.posts()).isZero();
  }

  @Test
  void aSurfaceThatIsNotConfiguredIsNoErrorAndItsCardWaits() {
    aCard("slack");

    assertThat(keeper(List.of()).bring(CARD, 1)).isEmpty();
    assertThat(row().applied()).isZero();
    assertThat(rows.missed()).isEmpty();
    settle();
    assertTrue(pending);
  }

  @Test
  void aCardThatDoesNotExistNeedsNothing() {
    assertThat(keeper.bring("no such card", 1)).isEmpty();
  }
}
