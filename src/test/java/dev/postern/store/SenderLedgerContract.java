package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseId;
import dev.postern.approval.Sender;
import dev.postern.approval.SenderBook.Before;
import dev.postern.approval.Sighting;
import dev.postern.approval.Sighting.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How senders are counted, on a database. */
abstract class SenderLedgerContract extends SenderHistoryContract {
  private static final Sender BAKERY = new Sender("bakery.example", "#0123", true);

  final SenderLedger ledger() {
    return (SenderLedger) world.senders;
  }

  @Override
  final void settle() {
    ledger().write();
  }

  private void note(Sender sender, Fate fate) {
    ledger().note(new Sighting(sender, world.now, fate));
  }

  @Test
  void nothingIsWrittenInTheWayOfAMessage() {
    note(BAKERY, Fate.PASSED);
    assertThat(rows("sender_day")).isZero();
    settle();
    assertThat(rows("sender_day")).isEqualTo(2);
    assertThat(ledger().waiting()).isZero();
  }

  @Test
  void whatIsNotedIsWrittenAtTheEnd() {
    note(BAKERY, Fate.PASSED);
    ledger().close();
    assertThat(before().domain().passed()).isEqualTo(1);
  }

  @Test
  void P4_writersThatRaceLoseNoCountAndNeverWaitInACircle() throws Exception {
    int writers = 4;
    int each = 100;
    atOnce(
        writers,
        number -> {
          Random random = new Random(number);
          try (SenderLedger replica = world.store().senders(Duration.ofDays(90))) {
            for (int i = 0; i < each; i++) {
              Sender sender =
                  new Sender("d" + random.nextInt(9) + ".example", "#" + random.nextInt(40), true);
              replica.note(new Sighting(sender, world.now, Fate.PASSED));
              if (i % 25 == 0) {
                replica.write();
              }
            }
          }
          return number;
        });

    assertThat(sum("seen", "d%")).isEqualTo((long) writers * each);
    assertThat(sum("passed", "#%")).isEqualTo((long) writers * each);
  }

  @Test
  void P4_casesOfOneSenderThatAreDecidedAtOnceAllCount() throws Exception {
    List<Boolean> decided =
        atOnce(
            8,
            number -> {
              CaseId id = world.held("m" + number);
              ledger().note(new Sighting(BAKERY, world.now, Fate.PASSED));
              ledger().write();
              return world.release(id, "kim") instanceof Answer.Decided;
            });

    assertThat(decided).containsOnly(true);
    assertThat(sum("asked", "evil.example")).isEqualTo(8);
    assertThat(sum("released", "evil.example")).isEqualTo(8);
    assertThat(sum("passed", "bakery.example")).isEqualTo(8);
  }

  @Test
  void P16_whileTheStoreIsAwaySoManySendersAreRememberedAndNoMore() {
    for (int i = 0; i < SenderLedger.MOST_ROWS; i++) {
      note(new Sender("d" + i + ".example", "#" + i, false), Fate.REJECTED);
    }
    assertThat(ledger().waiting()).isEqualTo(SenderLedger.MOST_ROWS);
    note(new Sender("d1.example", "#1", false), Fate.REJECTED);
    settle();
    assertThat(ledger().waiting()).isZero();
    assertThat(sum("seen", "d1.example")).as("who is known is counted still").isEqualTo(2);
  }

  @Test
  void onlyTheDaysThatAreRememberedCountAndSinceWhenStays() {
    Instant first = world.now;
    note(BAKERY, Fate.PASSED);
    world.now = world.now.plus(Duration.ofDays(60));
    Instant last = world.now;
    note(BAKERY, Fate.PASSED);
    settle();

    world.now = first.plus(Duration.ofDays(89));
    assertThat(before().domain()).isEqualTo(counts(2, 2, 0, 0, 0, first, last));
    world.now = first.plus(Duration.ofDays(90));
    assertThat(before().domain()).isEqualTo(counts(1, 1, 0, 0, 0, first, last));
    world.now = last.plus(Duration.ofDays(300));
    assertThat(before().domain()).isEqualTo(counts(0, 0, 0, 0, 0, first, last));
  }

  @Test
  void daysAndSendersAreRemovedWhenTheirTimeIsOver() {
    Sender claim = new Sender("bakery.example", "#0123", false);
    note(BAKERY, Fate.PASSED);
    note(claim, Fate.REJECTED);
    settle();

    sweepAfter(Duration.ofDays(89));
    assertThat(rows("sender_day")).isEqualTo(4);
    sweepAfter(Duration.ofDays(2));
    assertThat(rows("sender_day")).isZero();
    assertThat(rows("sender_span")).as("since when a proved sender is known stays").isEqualTo(2);
    sweepAfter(Duration.ofDays(365));
    assertThat(rows("sender_span")).isZero();
    assertThat(before()).isEqualTo(Before.NONE);
  }

  @Test
  void aCaseThatIsDecidedWhenItsDayIsForgottenBringsNoRowBack() {
    CaseId id = world.held("m1");
    sweepAfter(Duration.ofDays(91));
    world.now = Instant.parse("2026-11-24T07:01:00Z");

    world.release(id, "kim");

    assertThat(rows("sender_day")).isZero();
  }

  @Test
  void whereTheStoreDoesNotAnswerThereAreNoWrongFacts() {
    note(BAKERY, Fate.PASSED);
    world.store().close();

    assertThatThrownBy(this::before).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> world.desk.judge(world.message("m1")))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(this::settle).isInstanceOf(RuntimeException.class);
    assertThat(ledger().waiting()).as("what could not be written stays noted").isEqualTo(2);
  }

  @Test
  void addressesCannotBeReadFromTheRows() {
    world.held("m1");

    List<String> senders =
        world
            .store()
            .rows()
            .withHandle(
                h ->
                    h.createQuery("SELECT sender FROM sender_day ORDER BY sender")
                        .mapTo(String.class)
                        .list());

    assertThat(senders).hasSize(2).last().isEqualTo("evil.example");
    assertThat(senders.getFirst()).matches("#[0-9a-f]{32}");
  }

  @Test
  void countingTakesLittleOfAMessagesTime() {
    int messages = 4_000;
    long start = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      note(new Sender("d" + i % 500 + ".example", "#" + i % 2_000, true), Fate.PASSED);
    }
    long noted = System.nanoTime();
    settle();
    long written = System.nanoTime();
    int questions = 400;
    long seen = 0;
    for (int i = 0; i < questions; i++) {
      Sender sender = new Sender("d" + i % 500 + ".example", "#" + i, true);
      seen += ledger().before(sender, world.now).domain().seen();
    }
    long read = System.nanoTime();

    assertThat(seen).isEqualTo(questions * (messages / 500L));
    System.out.printf(
        "senders: noting %.2f µs a message, writing %.2f µs a message (%d rows in %d ms),"
            + " reading %.0f µs a message%n",
        (noted - start) / 1e3 / messages,
        (written - noted) / 1e3 / messages,
        2_500,
        (written - noted) / 1_000_000,
        (read - written) / 1e3 / questions);
  }

  private Before before() {
    return ledger().before(BAKERY, world.now);
  }

  private void sweepAfter(Duration time) {
    world.now = world.now.plus(time);
    Duration days = Duration.ofDays(400);
    try (Retention retention =
        world
            .store()
            .retention(
                new Retention.Terms(days, days, days, Duration.ofDays(90)), () -> world.now)) {
      retention.sweep();
    }
  }

  private long rows(String table) {
    return number("SELECT COUNT(*) FROM " + table, Optional.empty());
  }

  private long sum(String column, String like) {
    return number(
        "SELECT COALESCE(SUM(" + column + "), 0) FROM sender_day WHERE sender LIKE :like",
        Optional.of(like));
  }

  private long number(String sql, Optional<String> like) {
    return world
        .store()
        .rows()
        .withHandle(
            h -> {
              var query = h.createQuery(sql);
              like.ifPresent(it -> query.bind("like", it));
              return query.mapTo(Long.class).one();
            });
  }
}
