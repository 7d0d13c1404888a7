package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.DayBook;
import dev.postern.approval.DayBook.Claim;
import dev.postern.approval.DayBook.Day;
import dev.postern.approval.Decision;
import dev.postern.card.Reminders;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A day in numbers, and that it is told once, on any store. */
abstract class DayContract extends OnAWorld {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

  private DayBook days() {
    return world.store().days();
  }

  @Test
  void aDayIsClaimedByOneOfManyAndGivenBack() throws Exception {
    List<Claim> claims = atOnce(12, _ -> claim("C0MAILOPS1", DAY));

    assertThat(claims).filteredOn(Claim.MINE::equals).hasSize(1);
    assertThat(claims).filteredOn(Claim.BUSY::equals).hasSize(11);
    assertThat(claim("C0OTHER001", DAY)).isEqualTo(Claim.MINE);
    assertThat(claim("C0MAILOPS1", DAY.plusDays(1))).isEqualTo(Claim.MINE);
    days().giveBack("C0MAILOPS1", DAY);
    assertThat(claim("C0MAILOPS1", DAY)).isEqualTo(Claim.MINE);
    assertThat(claim("C0MAILOPS1", DAY)).isEqualTo(Claim.BUSY);
    days().told("C0MAILOPS1", DAY);
    assertThat(claim("C0MAILOPS1", DAY)).isEqualTo(Claim.TOLD);
  }

  @Test
  void aDayWhoseTellerDiedIsDoubtedByOneOfMany() throws Exception {
    assertThat(claim("C0MAILOPS1", DAY)).isEqualTo(Claim.MINE);
    world.now = world.now.plusSeconds(29);
    assertThat(claim("C0MAILOPS1", DAY)).isEqualTo(Claim.BUSY);
    world.now = world.now.plusSeconds(1);

    List<Claim> claims = atOnce(12, _ -> claim("C0MAILOPS1", DAY));

    assertThat(claims).filteredOn(Claim.DOUBTED::equals).hasSize(1);
    assertThat(claims).filteredOn(Claim.BUSY::equals).hasSize(11);
    days().told("C0MAILOPS1", DAY);
    world.now = world.now.plus(Duration.ofHours(1));
    assertThat(claim("C0MAILOPS1", DAY)).isEqualTo(Claim.TOLD);
  }

  @Test
  void aReminderIsBegunOnceAtEachCardAndGivenBack() throws Exception {
    String card = world.records.cards(world.held("m1")).getFirst().id();
    Reminders reminders = world.store().cards();

    List<Boolean> begun = atOnce(12, _ -> reminders.begin(card, "1#0"));

    assertThat(begun).filteredOn(mine -> mine).hasSize(1);
    reminders.giveBack(card, "1#0");
    assertThat(reminders.begin(card, "1#0")).isTrue();
    assertThat(reminders.begin(card, "1#1")).as("the next one").isTrue();
    reminders.giveBack(card, "1#0");
    assertThat(reminders.begin(card, "1#1")).isFalse();
    assertThat(reminders.begin("no such card", "1#0")).isFalse();
  }

  private Claim claim(String channel, LocalDate day) {
    return days().claim(channel, day, world.now, world.now.minusSeconds(30));
  }

  @Test
  void whatHappenedInADayIsCountedAndNothingElse() {
    Instant from = world.now;
    CaseId released = world.held("m1");
    CaseId discarded = world.held("m2");
    CaseId late = world.held("m3");
    world.now = world.now.plusSeconds(90);
    world.release(released, "kim");
    world.act(discarded, "noor", new Choice.Discard());
    world.settle(1);
    world.settle(2);
    CaseId waits = world.held("m4");
    world.now = world.now.plus(Duration.ofHours(4));
    world.desk.timeUp(world.find(late).openStage().orElseThrow().id());
    Instant to = world.now.plusSeconds(1);

    Day day = days().between(from, to);

    assertThat(day.held()).isEqualTo(4);
    assertThat(day.expired()).isEqualTo(1);
    assertThat(day.failed()).isZero();
    assertThat(day.waiting()).isEqualTo(1);
    assertThat(day.oldest()).extracting(DayBook.Waiting::id).containsExactly(waits);
    assertThat(day.ended())
        .extracting(e -> e.decision().by())
        .containsExactly(Decision.By.PEOPLE, Decision.By.PEOPLE);
    assertThat(day.ended()).allMatch(e -> e.since().equals(from));
    assertThat(day.empty()).isFalse();

    Day after = days().between(to, to.plus(Duration.ofDays(1)));
    assertThat(after.held() + after.expired() + after.ended().size()).isZero();
    assertThat(after.waiting()).as("waits still").isEqualTo(1);
  }
}
