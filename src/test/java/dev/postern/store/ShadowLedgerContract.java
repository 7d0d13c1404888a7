package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.approval.People;
import dev.postern.evidence.Answer;
import dev.postern.policy.APolicy;
import dev.postern.policy.Policy;
import dev.postern.policy.Ruling.Shadow;
import dev.postern.policy.ShadowRule;
import dev.postern.policy.ShadowRule.Inline;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How rules in shadow are remembered, on a database. */
abstract class ShadowLedgerContract {
  private static final String PARTNER =
      "{name: partner, when: uncertain, do: release, shadow: true}";
  private static final String OTHER = "{name: other, when: computed, do: discard, shadow: true}";

  private World world;
  private Policy policy = APolicy.of(PARTNER, OTHER);
  private ShadowLedger ledger;

  abstract Store.Access database();

  @BeforeEach
  final void open() {
    world =
        new World(
            database(),
            new People().and("kim"),
            (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60));
    ledger = world.store().shadows(() -> policy);
    ledger.write();
  }

  @AfterEach
  final void close() {
    ledger.close();
    world.close();
  }

  private void note(String rule, boolean passed) {
    ledger.note(List.of(new Shadow(rule, "release")), world.now, passed);
  }

  private ShadowRule seen(String rule) {
    return ledger.seen().stream().filter(it -> it.name().equals(rule)).findFirst().orElseThrow();
  }

  private int days() {
    return world
        .store()
        .rows()
        .withHandle(
            h -> h.createQuery("SELECT COUNT(*) FROM shadow_day").mapTo(Integer.class).one());
  }

  @Test
  void eachRuleIsKnownSinceItIsInShadow() {
    Instant begun = world.now;
    world.now = world.now.plus(Duration.ofDays(3));
    try (ShadowLedger restarted = world.store().shadows(() -> policy)) {
      restarted.write();
      assertThat(restarted.seen())
          .extracting(ShadowRule::name, ShadowRule::since)
          .containsExactly(
              tuple("other", Optional.of(begun)), tuple("partner", Optional.of(begun)));
    }
    assertThat(policy.shadows().getFirst().knowing(ledger.seen()).since()).contains(begun);
  }

  @Test
  void nothingIsWrittenInTheWayOfAMessage() {
    note("partner", true);
    assertThat(days()).isZero();
    ledger.write();
    assertThat(days()).isEqualTo(1);
    assertThat(seen("partner").inline()).isEqualTo(new Inline(1, 0));
  }

  @Test
  void messagesOfAllDaysAreSummedUp() {
    note("partner", true);
    note("partner", false);
    world.now = world.now.plus(Duration.ofDays(1));
    note("partner", true);
    ledger.write();
    note("partner", true);
    ledger.close();

    assertThat(days()).isEqualTo(2);
    assertThat(seen("partner").inline()).isEqualTo(new Inline(3, 1));
    assertThat(seen("other").inline()).isEqualTo(Inline.NONE);
  }

  @Test
  void aRuleThatSaysSomethingElseBeginsAnew() {
    note("partner", true);
    note("other", true);
    ledger.write();
    ledger.told(List.of("partner", "other"), LocalDate.of(2026, 11, 26));
    world.now = world.now.plus(Duration.ofDays(1));
    policy = APolicy.of(PARTNER.replace("uncertain", "computed && uncertain"), OTHER);
    ledger.write();

    assertThat(seen("partner").since()).contains(world.now);
    assertThat(seen("partner").inline()).isEqualTo(Inline.NONE);
    assertThat(seen("other").inline()).isEqualTo(new Inline(1, 0));
    assertThat(ledger.told()).isEqualTo(Map.of("other", LocalDate.of(2026, 11, 26)));
  }

  @Test
  void aRuleThatIsNoLongerInShadowIsForgotten() {
    note("partner", true);
    ledger.write();
    note("partner", true);
    policy = APolicy.of(OTHER);
    ledger.write();

    assertThat(ledger.seen()).extracting(ShadowRule::name).containsExactly("other");
    assertThat(days()).isZero();
  }

  @Test
  void P4_replicasThatRaceLoseNoCount() throws Exception {
    int replicas = 4;
    int each = 50;
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      work.add(
          () -> {
            try (ShadowLedger replica = world.store().shadows(() -> policy)) {
              for (int n = 0; n < each; n++) {
                replica.note(
                    List.of(new Shadow("partner", "release"), new Shadow("other", "discard")),
                    world.now,
                    true);
                replica.write();
              }
            }
            return true;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(replicas)) {
      for (Future<Boolean> one : threads.invokeAll(work)) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(seen("partner").inline().passed()).isEqualTo((long) replicas * each);
    assertThat(seen("other").inline().passed()).isEqualTo((long) replicas * each);
  }
}
