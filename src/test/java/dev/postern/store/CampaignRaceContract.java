package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of one kind that come, are decided and get lost all at once, on any store. */
abstract class CampaignRaceContract extends OnACampaign {
  @Test
  void fortyAtOnceAreOneCard() throws Exception {
    List<CaseId> all = atOnce(40, n -> held("m" + n, "Hello", "u" + n + "@corp.example"));
    gathered();
    assertThat(cases().stream().filter(CaseFile::asking)).hasSize(1);
    assertThat(together(all.getFirst()).size()).isEqualTo(40);
  }

  /** What a vote decides is what its token was about, whoever joins meanwhile. */
  @Test
  void P7_P11_votesAndArrivalsAtOnce() throws Exception {
    for (int round = 0; round < 8; round++) {
      String text = "Round " + (char) ('a' + round);
      String run = "r" + round;
      List<CaseId> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(held(run + "-" + i, text, "u" + i + "@corp.example"));
      }
      gathered();
      CaseId first = all.getFirst();
      world.quarantine.calls.clear();
      atOnce(
          9,
          n ->
              switch (n) {
                case 0 -> world.release(first, "kim");
                case 1 -> {
                  table.run(world.now);
                  yield first;
                }
                case 2 -> world.desk.gone(world.find(all.get(2)).hold());
                default -> held(run + "-late" + n, text, "late" + n + "@corp.example");
              });
      for (int i = 0; i < 4; i++) {
        gathered();
      }
      int decided =
          (int)
              cases().stream()
                  .filter(it -> it.hold().id().startsWith(run + "-"))
                  .filter(it -> it.state() == CaseState.DONE)
                  .count();
      assertThat(decided).as("no more than the set").isLessThanOrEqualTo(3);
      assertThat(world.quarantine.calls).hasSize(decided);
      assertThat(stranded()).isEmpty();
    }
  }

  /** Every wake-up is lost at every step; the rows know what is to be done. */
  @Test
  void P3_P7_lostWakeUpsAreFoundByTheRollCall() {
    List<CaseId> all = held(5);
    lostAndFound();
    assertThat(together(all.getFirst()).size()).as("gathered").isEqualTo(5);
    world.campaigns.apart(all.get(4), Identity.ofPostern("kim"));
    lostAndFound();
    assertThat(world.find(all.get(4)).asking()).as("asked about alone").isTrue();
    world.release(all.getFirst(), "kim");
    lostAndFound();
    lostAndFound();
    assertThat(world.quarantine.calls).hasSize(4);
    assertThat(stranded()).isEmpty();
  }

  private void lostAndFound() {
    table.clear();
    world.now = world.now.plus(Duration.ofMinutes(2));
    table.callTheRoll(world.now);
    run();
  }

  /** As many as one card takes: one card, one decision, one effect each. */
  @Test
  void P7_P16_fiveHundredAreOneDecision() {
    long start = System.nanoTime();
    List<CaseId> all = held(500);
    long came = System.nanoTime();
    gathered();
    long drawn = System.nanoTime();
    assertThat(together(all.getFirst()).size()).isEqualTo(500);
    long read = System.nanoTime();
    assertThat(world.release(all.getFirst(), "kim")).isInstanceOf(Answer.Decided.class);
    long voted = System.nanoTime();
    run();
    long followed = System.nanoTime();
    run();
    assertThat(world.quarantine.calls).hasSize(500);
    System.out.printf(
        "500 of one kind: came %d ms, set frozen %d ms, card's facts read %d ms, voted %d ms,"
            + " followed %d ms, told %d ms%n",
        millis(start, came),
        millis(came, drawn),
        millis(drawn, read),
        millis(read, voted),
        millis(voted, followed),
        millis(followed, System.nanoTime()));
  }

  private static long millis(long from, long to) {
    return (to - from) / 1_000_000;
  }

  /** Random histories against a simple model of what each button stood for. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void P3_P6_P7_P11_anyHistory(long seed) {
    people.and("lee");
    inADns(Dnses.SHOP);
    world.chain = World.chain(seed % 2 == 0 ? 1 : 2);
    new CampaignHistories(this, seed).play(60);
  }
}
