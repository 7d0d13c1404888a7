package dev.postern.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.slack.StrictSlack;
import dev.postern.slack.StrictSlack.Shown;
import dev.postern.store.Databases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three Posterns on one PostgreSQL, that were started at the same moment on nothing. */
class ThreeReplicasIT {
  private static final int PEOPLE = 50;
  private static final int CLICKS = Integer.getInteger("postern.clicks", 2_500);
  private static final int SENDERS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void P4_P7_thousandsOfRacersOverThreeReplicasOnAQuorumOfOne_oneWins() throws Exception {
    race("Hello", CLICKS, 1);
  }

  @Test
  void P4_P6_racersOverThreeReplicasOnAQuorumOfTwo_twoPeopleDecideOnce() throws Exception {
    race(Outside.TWO, CLICKS / 5, 2);
  }

  private void race(String subject, int clicks, int quorum) throws Exception {
    String url = Databases.emptyPostgres().url();
    Ledger ledger = new Ledger(url);
    try (Outside outside = new Outside(PEOPLE);
        Fleet fleet = new Fleet(outside, folder, url, 3)) {
      fleet.awaitReady();
      String recipient = "racers@corp.test";
      Door door = new Door();
      assertThat(door.report(fleet.replicas.getFirst().awaitReady().url(), recipient, subject))
          .isPresent();
      Waiting.until("a card", PATIENCE, () -> token(outside));
      Shown card = outside.slack.cards().getFirst();

      long begin = System.nanoTime();
      int acknowledged = clickAll(fleet, door, card, clicks);
      Waiting.until(
          "all clicks judged",
          PATIENCE,
          () -> ledger.count("SELECT COUNT(*) FROM inbox WHERE answer IS NULL") == 0);
      System.out.printf(
          "%,d clicks over three replicas, quorum %d: judged in %.1f s%n",
          clicks, quorum, (System.nanoTime() - begin) / 1e9);
      Waiting.until("the effect", PATIENCE, () -> ledger.logged("effect.proved") == 1);

      assertThat(acknowledged).isEqualTo(clicks);
      assertThat(ledger.count("SELECT COUNT(*) FROM inbox")).isEqualTo(clicks);
      assertThat(refused(ledger)).as("politely refused").isEqualTo(clicks - quorum);
      assertThat(ledger.logged("vote.cast")).isEqualTo(quorum);
      assertThat(ledger.count("SELECT COUNT(DISTINCT person_id) FROM vote")).isEqualTo(quorum);
      assertThat(ledger.logged("case.decided")).isEqualTo(1);
      assertThat(ledger.count("SELECT COUNT(*) FROM effect")).isEqualTo(1);
      fleet.terminate();
      assertThat(outside.sink.taken()).isEqualTo(Map.of(recipient, 1));
      assertThat(Auditor.verify(fleet.replicas.getFirst(), fleet.settings())).startsWith("0 ");
    }
  }

  private static boolean token(Outside outside) {
    return outside.slack.cards().stream().anyMatch(c -> c.token().isPresent());
  }

  private static long refused(Ledger ledger) throws Exception {
    return ledger.column("SELECT answer FROM inbox").stream()
        .filter(answer -> answer.contains("efused"))
        .count();
  }

  private static int clickAll(Fleet fleet, Door door, Shown card, int clicks) throws Exception {
    List<StrictSlack.Click> all = new ArrayList<>();
    for (int i = 0; i < clicks; i++) {
      all.add(fleet.outside.slack.release(Outside.user(i % PEOPLE), card).orElseThrow());
    }
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      List<Future<Integer>> shares = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        String url = fleet.replicas.get(i % 3).awaitReady().url();
        shares.add(
            senders.submit(
                () -> {
                  int taken = 0;
                  for (int n = next.getAndIncrement(); n < clicks; n = next.getAndIncrement()) {
                    taken += door.click(url, all.get(n)) ? 1 : 0;
                  }
                  return taken;
                }));
      }
      int taken = 0;
      for (Future<Integer> share : shares) {
        taken += share.get();
      }
      return taken;
    }
  }
}
