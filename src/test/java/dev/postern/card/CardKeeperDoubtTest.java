package dev.postern.card;

import static dev.postern.card.ScriptedSurface.Failure.AFTER;
import static dev.postern.card.ScriptedSurface.Failure.BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where nobody knows what a call did, or who else is at the same card. */
class CardKeeperDoubtTest extends OnACard {
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
}
