package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Wake-ups carry no truth: lost, doubled, early or late ones change nothing, on any store. */
abstract class WakeUpContract extends OnAWorld {
  private static final Choice RELEASE = new Choice.ReleaseAll();

  abstract Store.Access opened();

  private WorkTable table() {
    Workers workers = CardRoom.in(world, people, List.of(), new Random(2)).workers();
    return new WorkTable(opened(), workers, new Random(3));
  }

  @Test
  void P1_P3_P7_P12_lostWakeUpsOfEveryKindAreFoundByTheRollCall() {
    WorkTable table = table();
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    assertThat(lostAndFound(table)).as("an examination").isPositive();
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
    assertThat(lostAndFound(table)).as("its cards").isPositive();
    assertThat(world.records.cards(id).getLast().applied()).as("a web card").isPositive();

    Click click = world.click("kim", world.token(id, CardPlace.WEB), RELEASE);
    assertThat(world.desk.accept(click)).isTrue();
    assertThat(lostAndFound(table)).as("a click").isPositive();
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);

    assertThat(lostAndFound(table)).as("an effect").isPositive();
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(world.quarantine.calls).hasSize(1);

    CaseId silent = world.held("m2");
    world.now = world.find(silent).openStage().orElseThrow().closes();
    assertThat(lostAndFound(table)).as("the end of a stage").isPositive();
    assertThat(world.find(silent).state()).isEqualTo(CaseState.EXPIRED);
  }

  /** All wake-ups are lost; a little later the rows are looked through. */
  private int lostAndFound(WorkTable table) {
    table.clear();
    world.now = world.now.plus(Duration.ofMinutes(2));
    int found = table.callTheRoll(world.now);
    assertThat(table.callTheRoll(world.now)).as("found once").isZero();
    table.run(world.now);
    return found;
  }

  @Test
  void P2_aClickThatComesManyTimesAtOnceIsKeptOnceAndWakesOneJudge() throws Exception {
    CaseId id = world.held("m1");
    WorkTable table = table();
    table.clear();
    Click click = world.click("kim", world.token(id, CardPlace.WEB), RELEASE);

    assertThat(atOnce(16, _ -> world.desk.accept(click))).containsOnlyOnce(true);
    assertThat(table.run(world.now)).as("judges").isEqualTo(1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);

    table.clear();
    assertThat(world.desk.accept(click)).as("when it was judged").isFalse();
    assertThat(table.run(world.now)).as("judges, since nothing is new").isZero();
  }

  @Test
  void wakeUpsThatAreInTimeAreNotCalledUp() {
    WorkTable table = table();
    world.held("m1");
    world.now = world.now.plus(Duration.ofMinutes(30));

    assertThat(table.callTheRoll(world.now)).as("all are there").isZero();
    table.clear();
    assertThat(table.callTheRoll(world.now)).as("the cards, and not the stage").isEqualTo(2);
  }

  @Test
  void P3_P7_P9_doubledEarlyAndLateWakeUpsChangeNothing() throws Exception {
    CaseId id = world.held("m1");
    long stage = world.find(id).openStage().orElseThrow().id();
    atOnce(8, _ -> world.desk.timeUp(stage)); // early, eight times
    assertThat(world.find(id).openStage()).isPresent();

    Click sent = world.click("kim", world.token(id, CardPlace.WEB), RELEASE);
    world.desk.accept(sent);
    Click click = world.records.kept(sent.surface(), sent.eventId()).orElseThrow();
    atOnce(8, _ -> world.desk.settle(click));
    world.now = world.now.plus(Duration.ofDays(1)); // late
    atOnce(8, _ -> world.desk.settle(click));
    atOnce(8, _ -> world.effects.carryOut(1));
    atOnce(8, _ -> world.desk.timeUp(stage));

    assertThat(world.quarantine.calls).hasSize(1);
    CaseFile it = world.find(id);
    assertThat(it.state()).isEqualTo(CaseState.DONE);
    assertThat(it.votes()).hasSize(1);
    assertThat(world.records.history(id).stream().filter(h -> h.what().equals("vote.cast")))
        .hasSize(1);
  }

  @Test
  void P5_aClockThatIsSetBackAnHourLetsATokenLiveByThatHourAndNoLonger() {
    CaseId id = world.held("m1");
    String token = world.token(id, CardPlace.WEB);
    Instant closes = world.find(id).openStage().orElseThrow().closes();
    Duration window = Duration.between(world.now, closes);
    Instant begun = world.now;
    world.now = closes.minusSeconds(1).minus(Duration.ofHours(1)); // set back just before the end
    Duration lived = window.minusSeconds(1);

    while (world.desk.ballot(id, people.named("kim").getFirst()).isPresent()) {
      world.now = world.now.plusSeconds(60);
      lived = lived.plusSeconds(60);
    }

    assertThat(lived).isBetween(window, window.plus(Duration.ofHours(1)).plusSeconds(60));
    assertRefused(world.desk.click(world.click("kim", token, RELEASE)), Refusal.EXPIRED);
    assertThat(world.now).isAfter(begun);
  }

  @Test
  void P7_P9_aClockThatIsSetBackAnHourMakesNothingHappenTwice() throws Exception {
    CaseId id = world.held("m1");
    CaseId silent = world.held("m2");
    long stage = world.find(silent).openStage().orElseThrow().id();
    world.release(id, "kim");
    world.effects.carryOut(1);
    world.now = world.find(silent).openStage().orElseThrow().closes();
    world.desk.timeUp(stage);
    int lines = world.records.history(silent).size() + world.records.history(id).size();

    world.now = world.now.minus(Duration.ofHours(1));
    atOnce(4, _ -> world.desk.timeUp(stage));
    atOnce(4, _ -> world.effects.carryOut(1));
    world.now = world.now.plus(Duration.ofHours(1));
    atOnce(4, _ -> world.desk.timeUp(stage));

    assertThat(world.find(silent).state()).isEqualTo(CaseState.EXPIRED);
    assertThat(world.quarantine.calls).hasSize(1);
    assertThat(world.records.history(silent).size() + world.records.history(id).size())
        .as("lines of the log")
        .isEqualTo(lines);
  }
}
