package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Effects;
import dev.postern.approval.Outcome;
import dev.postern.approval.Quarantine;
import dev.postern.policy.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What is promised of decisions on their way to the mail system, on any store. */
abstract class EffectContract extends OnAWorld {
  @Test
  void P7_theMailSystemSeesADecisionOnce() throws Exception {
    CaseId id = world.held("m1");
    world.release(id, "kim");

    atOnce(20, _ -> world.effects.carryOut(1));
    world.effects.carryOut(1);

    assertThat(world.quarantine.calls).hasSize(1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P7_effectInterruptedByACrashIsLookedUpNotRepeated() {
    CaseId id = world.held("m1");
    world.release(id, "kim");
    world.quarantine.meanwhile =
        () -> {
          throw new IllegalStateException("the process dies here");
        };
    assertThat(failsOn(() -> world.effects.carryOut(1))).isTrue();
    world.quarantine.meanwhile = () -> {};
    world.quarantine.stands = Quarantine.Standing.UNKNOWN;

    world.effects.carryOut(1);

    assertThat(world.quarantine.calls).hasSize(1);
    CaseFile it = world.find(id);
    assertThat(it.state()).isEqualTo(CaseState.FAILED);
    assertThat(it.warning()).contains("may have been delivered");
    assertThat(it.openStage()).as("people are asked again").isPresent();
  }

  @Test
  void P7_whatAReleaseLeftOverIsTakenAwayUntilItIsGoneAndNothingIsSentAgain() {
    CaseId id = world.held("m1");
    world.quarantine.leaves = Optional.of("the held one is not deleted yet");
    world.release(id, "kim");

    for (int i = 0; i < 30; i++) {
      Duration wait = world.effects.carryOut(1).orElseThrow();
      assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
      world.now = world.now.plus(wait);
    }
    assertThat(world.find(id).warning())
        .startsWith("Everybody has it who is to get it; the held one is not deleted yet. Next try");
    world.quarantine.leaves = Optional.empty();

    assertThat(world.effects.carryOut(1)).isEmpty();
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(world.find(id).outcome().orElseThrow().results())
        .isNotEmpty()
        .allMatch(r -> r.kind() == Outcome.Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(world.quarantine.calls.stream().filter(call -> call.startsWith("release")))
        .hasSize(1);
  }

  @Test
  void P7_aCrashWhileSomethingIsTakenAwayIsRepeated() {
    CaseId id = world.held("m1");
    world.quarantine.leaves = Optional.of("the held one is not deleted yet");
    world.release(id, "kim");
    world.now = world.now.plus(world.effects.carryOut(1).orElseThrow());
    world.quarantine.meanwhile =
        () -> {
          throw new IllegalStateException("the process dies here");
        };
    assertThat(failsOn(() -> world.effects.carryOut(1))).isTrue();
    world.quarantine.meanwhile = () -> {};
    world.quarantine.leaves = Optional.empty();

    world.effects.carryOut(1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(world.quarantine.calls)
        .extracting(call -> call.split(" ", 2)[0])
        .containsExactly("release", "tidy", "tidy");
  }

  @Test
  void P7_theWarningThatItMayHaveBeenDeliveredOutlivesTheStage() {
    CaseId id = world.held("m1");
    world.quarantine.says = Outcome.Kind.UNCERTAIN;
    world.release(id, "kim");
    world.effects.carryOut(1);
    CaseFile asked = world.find(id);
    world.now = asked.openStage().orElseThrow().closes();

    world.desk.timeUp(asked.openStage().orElseThrow().id());

    assertThat(world.find(id).state()).isEqualTo(CaseState.EXPIRED);
    assertThat(world.find(id).warning()).contains("may have been delivered");
  }

  private static boolean failsOn(Callable<?> work) {
    try {
      work.call();
      return false;
    } catch (Exception expected) {
      return true;
    }
  }

  @Test
  void P9_refusalByTheMailSystemKeepsTheMessageHeldAndAsksAgain() {
    CaseId id = world.held("m1");
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.release(id, "kim");
    world.effects.carryOut(1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
    assertThat(world.records.raw(id)).isPresent();

    world.quarantine.says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    assertThat(world.release(id, "noor")).isInstanceOf(Answer.Decided.class);
    world.effects.carryOut(2);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P9_temporaryTroubleIsTriedAgainLaterAndNobodyGetsItTwice() {
    CaseId id = world.held("m1");
    world.quarantine.says = Outcome.Kind.TEMP_FAIL;
    world.release(id, "kim");

    Duration wait = world.effects.carryOut(1).orElseThrow();
    assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(world.find(id).trouble()).contains("Next try at " + world.now.plus(wait));
    world.quarantine.says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    assertThat(world.effects.carryOut(1)).as("woken early").contains(wait);
    assertThat(world.quarantine.calls).hasSize(1);
    world.now = world.now.plus(wait);
    assertThat(world.effects.carryOut(1)).isEmpty();

    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(world.quarantine.calls).hasSize(2);
  }

  @Test
  void retryAfterAPartialDeliveryReachesOnlyThoseWhoLackIt() {
    CaseId id = world.held("m1");
    world.quarantine.refuses = "bo@corp.example";
    world.quarantine.says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    world.release(id, "kim");
    world.settle(1);
    assertThat(world.find(id).state()).as("gave up on one").isEqualTo(CaseState.FAILED);

    world.quarantine.refuses = "";
    world.release(id, "noor");
    world.effects.carryOut(2);

    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(world.quarantine.calls.getLast()).contains("[bo@corp.example]");
    assertThat(world.quarantine.calls.stream().filter(c -> c.contains("anna"))).hasSize(1);
  }

  @Test
  void P8_aDiscardAfterAPartialDeliveryDoesNotHideWhoGotIt() {
    CaseId id = world.held("m1");
    world.quarantine.refuses = "bo@corp.example";
    world.release(id, "kim");
    world.settle(1);
    String web = world.token(id, CardPlace.WEB);
    world.desk.click(world.click("noor", web, new Choice.Discard()));
    world.effects.carryOut(2);

    assertThat(world.find(id).outcome().orElseThrow().results())
        .extracting(r -> r.recipient() + " " + r.kind())
        .containsExactlyInAnyOrder(
            "anna@corp.example DELIVERED_TO_NEXT_HOP", "bo@corp.example DISCARDED");
  }

  @Test
  void P9_givingUpTellsPeopleOnTheCaseInTheLogAndByAskingAgain() {
    CaseId id = world.held("m1");
    world.quarantine.says = Outcome.Kind.TEMP_FAIL;
    world.release(id, "kim");
    Instant begun = world.now;

    world.settle(1);

    CaseFile it = world.find(id);
    assertThat(Duration.between(begun, world.now)).isGreaterThan(Duration.ofMinutes(90));
    assertThat(world.quarantine.calls).hasSize(14);
    assertThat(it.state()).isEqualTo(CaseState.FAILED);
    assertThat(it.trouble()).contains("did not take it for hours");
    assertThat(it.openStage()).as("people are asked again").isPresent();
    assertThat(world.records.raw(id)).as("still held").isPresent();
    assertThat(world.records.history(id))
        .extracting(CaseBook.HistoryLine::what)
        .contains("effect.delayed", "effect.failed", "stage.opened");
  }

  @Test
  void P7_proofOfAProcessThatWasTakenForDeadCountsAndNobodyGetsItTwice() {
    CaseId id = world.held("m1");
    world.release(id, "kim");
    Effects other = world.replica();
    world.quarantine.stands = Quarantine.Standing.HELD;
    world.quarantine.meanwhile = () -> other.carryOut(1); // looks, and finds it still held

    world.effects.carryOut(1);
    world.quarantine.meanwhile = () -> {};
    world.settle(1);

    assertThat(world.quarantine.calls.stream().filter(call -> call.startsWith("release")))
        .as("told once")
        .hasSize(1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(world.records.history(id))
        .extracting(CaseBook.HistoryLine::what)
        .contains("effect.interrupted", "effect.overtaken", "effect.proved");
  }

  @Test
  void P7_aDoubledEarlyOrLateWakeUpTellsTheMailSystemNothingMore() throws Exception {
    CaseId id = world.held("m1");
    world.quarantine.says = Outcome.Kind.TEMP_FAIL;
    world.release(id, "kim");
    Duration wait = world.effects.carryOut(1).orElseThrow();

    atOnce(10, _ -> world.effects.carryOut(1)); // early, and ten times
    assertThat(world.quarantine.calls).hasSize(1);

    world.quarantine.says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    world.now = world.now.plus(wait).plus(Duration.ofHours(5)); // late
    atOnce(10, _ -> world.effects.carryOut(1));
    atOnce(10, _ -> world.effects.carryOut(1));

    assertThat(world.quarantine.calls).hasSize(2);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P9_aReleaseByRuleThatIsRefusedAsksPeople() {
    world.action = new Action.Release();
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);

    world.effects.carryOut(1);

    assertThat(world.find(id).state()).isEqualTo(CaseState.FAILED);
    assertThat(world.find(id).openStage()).isPresent();
  }
}
