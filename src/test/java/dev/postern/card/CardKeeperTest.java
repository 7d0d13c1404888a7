package dev.postern.card;

import static dev.postern.card.ScriptedSurface.Failure.BEFORE;
import static dev.postern.card.ScriptedSurface.Failure.CLOSED;
import static dev.postern.card.ScriptedSurface.Failure.UNFIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardKeeperTest extends OnACard {
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
