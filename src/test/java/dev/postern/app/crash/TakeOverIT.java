package dev.postern.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.slack.StrictSlack.Shown;
import dev.postern.store.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replica was at when it was killed, or stopped and woke again. */
class TakeOverIT {
  private static final Duration TAKE_OVER = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String RECIPIENT = "you@corp.test";

  @TempDir private Path folder;
  private final String url = Databases.emptyPostgres().url();
  private final Ledger ledger = new Ledger(url);
  private final Door door = new Door();
  private Outside outside;
  private Fleet fleet;
  private Replica first;

  @BeforeEach
  void startOne() throws Exception {
    outside = new Outside(2);
    fleet = new Fleet(outside, folder, url, 1);
    first = fleet.replicas.getFirst();
    first.awaitReady();
  }

  @AfterEach
  void stop() throws IOException {
    fleet.close();
    outside.close();
  }

  @Test
  void P7_anEffectInFlightOfAReplicaThatWasKilledIsLookedUpWithinTenSeconds_notRepeated()
      throws Exception {
    CountDownLatch reply = outside.sink.holdReply(RECIPIENT);
    Replica second = fleet.add();
    second.awaitReady();
    second.stop(); // so that the first one does the work
    decide(first);
    Waiting.until("the message at the sink", PATIENCE, () -> outside.sink.taken(RECIPIENT) == 1);
    second.wake();

    first.kill();

    Duration took = told();
    reply.countDown();
    System.out.printf("effect of a killed replica looked up after %d ms%n", took.toMillis());
    assertThat(took).isLessThan(TAKE_OVER);
    assertThat(outside.sink.taken(RECIPIENT)).isEqualTo(1);
    assertThat(ledger.logged("effect.interrupted")).isEqualTo(1);
    assertThat(ledger.logged("effect.intended")).isEqualTo(1);
  }

  @Test
  void P7_aReplicaThatOnlySleptWhileItsMailServerAnsweredFindsItsEffectOvertaken()
      throws Exception {
    CountDownLatch reply = outside.sink.holdReply(RECIPIENT);
    decide(first);
    Waiting.until("the message at the sink", PATIENCE, () -> outside.sink.taken(RECIPIENT) == 1);
    first.stop();
    fleet.add();
    told();

    reply.countDown();
    first.wake();

    Waiting.until("overtaken", PATIENCE, () -> ledger.logged("effect.overtaken") == 1);
    assertThat(outside.sink.taken(RECIPIENT)).isEqualTo(1);
    assertThat(ledger.logged("effect.intended")).isEqualTo(1);
  }

  @Test
  void P7_aReplicaThatSleptBeforeItSentDoesNotSendWhatOthersHaveSentMeanwhile() throws Exception {
    try (Gate gate = new Gate(outside.sink.port())) {
      restartBehind("POSTERN_MAIL_SMTP_NEXT_HOP", "127.0.0.1:" + gate.port());
      // At its start it tries the way out once, which is not the connection that is meant here.
      Waiting.until("it tried", PATIENCE, () -> first.log().contains("would take mail"));
      gate.shut();
      decide(first);
      Waiting.until("a connection", PATIENCE, () -> gate.waiting() == 1);
      first.stop();
      gate.letOthersPass();
      Replica second = fleet.add();
      told();
      // The card says to look whether it arrived; it did not, so somebody releases it again.
      press(second);
      Waiting.until("the message at the sink", PATIENCE, () -> outside.sink.taken(RECIPIENT) == 1);

      gate.open();
      first.wake();

      Waiting.until("overtaken", PATIENCE, () -> ledger.logged("effect.overtaken") == 1);
      assertThat(outside.sink.taken(RECIPIENT)).isEqualTo(1);
    }
  }

  @Test
  void P12_aCardInFlightOfAReplicaThatWasKilledIsFoundWithinTenSeconds_notPostedAgain()
      throws Exception {
    try (Gate gate = new Gate(outside.slack.port())) {
      restartBehind("POSTERN_SLACK_API_URL", "http://127.0.0.1:" + gate.port() + "/api/");
      Replica second = fleet.add();
      second.awaitReady();
      second.stop();
      gate.shutAt("chat.postMessage");
      hold(first);
      card();

      first.kill();
      second.wake();

      Duration took =
          Waiting.until(
              "the row of the card",
              PATIENCE,
              () -> ledger.count("SELECT COUNT(*) FROM card WHERE external_id IS NOT NULL") == 1);
      System.out.printf("card of a killed replica found after %d ms%n", took.toMillis());
      assertThat(took).isLessThan(TAKE_OVER);
      assertThat(outside.slack.cards()).as("%s", outside.slack.methods()).hasSize(1);
    }
  }

  @Test
  void P3_P10_aClickThatAKilledReplicaAcknowledgedIsCarriedOutAndLoggedByTheOther()
      throws Exception {
    Replica second = fleet.add();
    second.awaitReady();
    second.stop();
    decide(first);
    first.kill();
    second.wake();

    Duration took = Waiting.until("done", PATIENCE, () -> outside.sink.taken(RECIPIENT) == 1);
    Duration more =
        Waiting.until(
            "numbered",
            PATIENCE,
            () -> ledger.count("SELECT COUNT(*) FROM audit_entry WHERE number IS NULL") == 0);
    System.out.printf(
        "click of a killed replica carried out after %d ms, and logged %d ms later%n",
        took.toMillis(), more.toMillis());
    assertThat(took).isLessThan(TAKE_OVER);
    assertThat(more).isLessThan(TAKE_OVER);
  }

  /** Until the card says what is uncertain; how long that took. */
  private Duration told() throws Exception {
    return Waiting.until(
        "people are told",
        PATIENCE,
        () ->
            outside.slack.cards().stream()
                .anyMatch(c -> outside.slack.words(c.ts()).contains("may have been delivered")));
  }

  private String hold(Replica at) throws Exception {
    return door.report(at.awaitReady().url(), RECIPIENT, "Hello").orElseThrow();
  }

  private void decide(Replica at) throws Exception {
    hold(at);
    card();
    press(at);
  }

  private Shown card() throws Exception {
    Waiting.until(
        "a card",
        PATIENCE,
        () -> outside.slack.cards().stream().anyMatch(c -> c.token().isPresent()));
    return outside.slack.cards().getFirst();
  }

  private void press(Replica at) throws Exception {
    Shown card = card();
    assertThat(
            door.click(
                at.awaitReady().url(), outside.slack.release(Outside.user(0), card).orElseThrow()))
        .isTrue();
  }

  private void restartBehind(String setting, String address) throws Exception {
    fleet.close();
    fleet = new Fleet(outside, folder, url, 0);
    first = fleet.add(Map.of(setting, address));
    first.awaitReady();
  }
}
