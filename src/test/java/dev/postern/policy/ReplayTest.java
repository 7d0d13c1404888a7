package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.DmarcResult;
import dev.postern.policy.Precedent.People;
import dev.postern.policy.Precedent.Said;
import dev.postern.policy.Precedent.Then;
import dev.postern.policy.Precedent.Work;
import dev.postern.policy.Replayed.Line;
import dev.postern.policy.Replayed.Tally;
import dev.postern.policy.Replayed.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Policy OLD =
      policy(
          """
            - {name: proved, when: "dmarc.result == 'pass'", do: release}
          """);
  private static final Policy NEW =
      policy(
          """
            - {name: glimpse, when: "message.subject == 'Offer'", do: discard, shadow: true}
            - {name: offers, when: "message.subject == 'Offer'", do: discard, force: true}
            - {name: minutes, when: "message.subject == 'Minutes'", do: release}
            - {name: finance, when: "message.subject == 'Invoice'", do: ask, chain: finance}
          """);
  private static final Action ASK = new Action.Ask("admins");

  private int cases;

  private static Policy policy(String rules) {
    try {
      return Policy.parse(
          """
          chains:
            admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}
            finance: {name: Finance, approvers: ["group:finance"], window: 4h}
          otherwise: admins
          rules:
          """
              + rules,
          "test.yaml");
    } catch (PolicyProblem problem) {
      throw new AssertionError(problem);
    }
  }

  private Precedent asked(String subject, People people) {
    return precedent(subject, people, false);
  }

  private Precedent precedent(String subject, People people, boolean cautious) {
    Situation situation =
        ASituation.proved()
            .with(
                it -> {
                  it.dmarc = DmarcResult.FAIL;
                  it.subject = subject;
                })
            .build();
    Work work = new Work(2, Duration.ofMinutes(30), List.of("kim"));
    Then then = new Then(new Said(ASK, "otherwise"), people, work, cautious, true);
    return new Precedent("PN-0000-%04d".formatted(++cases), situation, then);
  }

  private static Replayed replayed(Optional<Policy> before, Policy after, Precedent... cases) {
    Replay replay = new Replay(before, after);
    List.of(cases).forEach(replay::take);
    return replay.done();
  }

  private Precedent[] handMade() {
    return new Precedent[] {
      asked("Minutes", People.RELEASED),
      asked("Minutes", People.RELEASED),
      asked("Minutes", People.DISCARDED),
      asked("Minutes", People.NOBODY),
      asked("Offer", People.DISCARDED),
      asked("Offer", People.RELEASED),
      asked("Invoice", People.RELEASED),
      asked("Other", People.NOBODY),
      precedent("Minutes", People.DISCARDED, true)
    };
  }

  @Test
  void theTableSaysForEachRuleWhatPeopleDecided() {
    Replayed it = replayed(Optional.of(OLD), NEW, handMade());

    assertThat(it.lines())
        .containsExactly(
            new Line("offers", "discard", 0, new Tally(1, 1, 0)),
            new Line("minutes", "ask", 0, new Tally(0, 1, 0)),
            new Line("minutes", "release", 0, new Tally(2, 1, 1)),
            new Line("finance", "ask", 0, new Tally(1, 0, 0)),
            new Line("otherwise", "ask", 9, new Tally(0, 0, 1)));
    assertThat(it.lines().get(2).agreed()).isEqualTo(2);
    assertThat(it.lines().get(2).disagreed()).isEqualTo(1);
    assertThat(it.people("release")).isEqualTo(new Tally(2, 1, 1));
    assertThat(it.people("discard")).isEqualTo(new Tally(1, 1, 0));
    assertThat(it.people("ask")).isEqualTo(new Tally(1, 1, 1));
  }

  @Test
  void whatARuleInShadowWouldDoIsCountedAndChangesNothing() {
    Replayed it = replayed(Optional.empty(), NEW, handMade());

    assertThat(it.shadows()).containsExactly(new Line("glimpse", "discard", 0, new Tally(1, 1, 0)));
  }

  @Test
  void casesThatWouldGoAnotherWayAreNamed_thoseAgainstWhatPeopleDecidedFirst() {
    Replayed it = replayed(Optional.empty(), NEW, handMade());

    assertThat(it.changed().total()).isEqualTo(7);
    assertThat(it.changed().turns())
        .containsExactly(
            new Turn("ask", "ask", new Tally(1, 0, 0)),
            new Turn("ask", "discard", new Tally(1, 1, 0)),
            new Turn("ask", "release", new Tally(2, 1, 1)));
    assertThat(it.changed().grave())
        .extracting(Replayed.Change::id)
        .containsExactly("PN-0000-0003", "PN-0000-0006");
    assertThat(it.changed().named()).hasSize(5);
  }

  @Test
  void workIsSavedOnlyOnCasesThatNobodyWouldBeAskedAboutAnyMore() {
    assertThat(replayed(Optional.empty(), NEW, handMade()).saved())
        .isEqualTo(new Replayed.Saved(6, 12, Duration.ofHours(3), 0));
    assertThat(replayed(Optional.of(NEW), OLD, handMade()).saved())
        .isEqualTo(new Replayed.Saved(0, 0, Duration.ZERO, 6));
  }

  @Test
  void noRuleReleasesWhatMayHaveBeenDeliveredBefore() {
    Replayed it = replayed(Optional.empty(), NEW, precedent("Minutes", People.NOBODY, true));

    assertThat(it.changed().total()).isZero();
  }

  @Test
  void atMostFiftyCasesOfAKindAreNamedAndAllAreCounted() {
    Replay replay = new Replay(Optional.empty(), NEW);
    for (int i = 0; i < 300; i++) {
      replay.take(asked("Minutes", i % 2 == 0 ? People.RELEASED : People.DISCARDED));
      replay.unreadable("PN-9999-%04d".formatted(i), "broken");
    }
    Replayed it = replay.done();

    assertThat(it.changed().total()).isEqualTo(300);
    assertThat(it.changed().grave()).hasSize(50);
    assertThat(it.changed().named()).hasSize(50);
    assertThat(it.read().skipped()).isEqualTo(300);
    assertThat(it.read().named()).hasSize(50);
  }

  @Test
  void twoRunsComeToTheSame_andTheDigestTellsEveryOtherResult() {
    Precedent[] past = Past.cases(2000).toArray(Precedent[]::new);
    Optional<Policy> before = Optional.of(Policy.builtIn());
    Replayed first = replayed(before, NEW, past);

    assertThat(replayed(Optional.of(Policy.builtIn()), NEW, past)).isEqualTo(first);
    assertThat(replayed(before, OLD, past).digest()).isNotEqualTo(first.digest());
  }

  @Test
  void whatTheCodecKeepsIsEnoughForTheSameResult() {
    Precedent[] past = Past.cases(2000).toArray(Precedent[]::new);
    Precedent[] read =
        Past.cases(2000).map(it -> Precedent.of(it.octets())).toArray(Precedent[]::new);

    assertThat(replayed(Optional.of(OLD), NEW, read))
        .isEqualTo(replayed(Optional.of(OLD), NEW, past));
  }

  @Test
  void casesWithoutHistoryAreCounted() {
    Replayed it = replayed(Optional.empty(), NEW, Past.cases(900).toArray(Precedent[]::new));

    assertThat(it.read().cases()).isEqualTo(900);
    assertThat(it.read().partial()).isBetween(50L, 150L);
  }

  @Test
  void noCasesAreAResultToo() {
    Replayed it = replayed(Optional.empty(), NEW);

    assertThat(it.read().cases()).isZero();
    assertThat(it.lines()).isEmpty();
    assertThat(it.digest()).hasSize(64);
  }
}
