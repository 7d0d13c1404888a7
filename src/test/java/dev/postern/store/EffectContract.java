package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Outcome;
import dev.postern.approval.Quarantine;
import dev.postern.policy.Action;
import java.time.Duration;
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
    assertThat(it.trouble()).contains("may have been delivered");
    assertThat(it.openStage()).as("people are asked again").isPresent();
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

    assertThat(world.effects.carryOut(1)).contains(Duration.ofSeconds(10));
    assertThat(world.find(id).trouble()).contains("Next try at 2026-11-24T07:00:10Z");
    world.quarantine.says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
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
    for (int i = 0; i < 12; i++) {
      world.effects.carryOut(1);
    }
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
    for (int i = 0; i < 12; i++) {
      world.effects.carryOut(1);
    }
    String web = world.token(id, CardPlace.WEB);
    world.desk.click(world.click("noor", web, new Choice.Discard()));
    world.effects.carryOut(2);

    assertThat(world.find(id).outcome().orElseThrow().results())
        .extracting(r -> r.recipient() + " " + r.kind())
        .containsExactlyInAnyOrder(
            "anna@corp.example DELIVERED_TO_NEXT_HOP", "bo@corp.example DISCARDED");
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
