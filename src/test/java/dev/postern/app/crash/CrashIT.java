package dev.postern.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.slack.StrictSlack.Shown;
import dev.postern.store.Databases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Posterns that are killed at random moments under load, also while they start. In the end people
 * look after what they were told is uncertain; then everything must be there, once, and true.
 *
 * <p>{@code -Dpostern.kills=N} for each of them, {@code -Dpostern.seed=N} for other moments.
 */
class CrashIT {
  private static final int KILLS = Integer.getInteger("postern.kills", 4);
  private static final long SEED = Long.getLong("postern.seed", 1);
  private static final int HOLDS_A_KILL = 8;
  private static final int PEOPLE = 8;
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(2);
  private static final Duration LONGEST_START = Duration.ofMillis(2500);

  /** Longer than anything waits by itself: a card that may still be on its way, twenty and six. */
  private static final Duration QUIET = Duration.ofSeconds(32);

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern RECIPIENT = Pattern.compile("(case-[0-9]+@corp)\\[\\.\\]test");

  @TempDir private Path folder;
  private final RandomGenerator random = RandomGeneratorFactory.getDefault().create(SEED);

  @Test
  void P1_P3_P7_P12_onePosternOnH2() throws Exception {
    crash("H2", "jdbc:h2:file:" + folder.resolve("data/postern"), 1);
  }

  /** With {@code -Dpostern.kills} only: three on PostgreSQL meet all that one does. */
  @Test
  @EnabledIfSystemProperty(named = "postern.kills", matches = "[0-9]+")
  void P1_P3_P7_P12_onePosternOnPostgres() throws Exception {
    crash("PostgreSQL", Databases.emptyPostgres().url(), 1);
  }

  @Test
  void P1_P3_P7_P12_threePosternsOnPostgres() throws Exception {
    crash("PostgreSQL, three replicas", Databases.emptyPostgres().url(), 3);
  }

  private void crash(String name, String url, int replicas) throws Exception {
    try (Outside outside = new Outside(PEOPLE);
        Fleet fleet = new Fleet(outside, folder, url, replicas);
        Load load = new Load(fleet, SEED)) {
      for (int i = 0; i < KILLS; i++) {
        load.allow(HOLDS_A_KILL);
        kill(fleet);
      }
      load.finish();
      fleet.awaitReady();
      quiet(outside);
      int again = lookAfter(outside, load);
      fleet.terminate();

      Ledger ledger = new Ledger(url);
      Verdict verdict = new Verdict(load, outside, ledger).of(folder.resolve("data/keys"));
      String audit = Auditor.verify(fleet.replicas.getFirst(), fleet.settings());
      System.out.printf(
          "%s: %d kills; %d holds and %d clicks acknowledged; %d cases, %d delivered; %d"
              + " told as uncertain; %d cards pressed once more in the end; %d log entries; faults: %s%n",
          name,
          KILLS,
          load.held.size(),
          load.clicked.size(),
          verdict.cases,
          outside.sink.taken().size(),
          ledger.logged("effect.interrupted"),
          again,
          ledger.count("SELECT COUNT(*) FROM audit_entry"),
          verdict.faults);
      assertThat(verdict.faults).isEmpty();
      assertThat(load.held).isNotEmpty();
      assertThat(audit).startsWith("0 ");
    }
  }

  /** One of them, a moment after it was ready or while it starts; it comes back at once. */
  private void kill(Fleet fleet) throws Exception {
    Replica victim = fleet.replicas.get(random.nextInt(fleet.replicas.size()));
    boolean starting = random.nextInt(5) == 0;
    if (!starting) {
      victim.awaitReady();
    }
    LockSupport.parkNanos(random.nextLong((starting ? LONGEST_START : LONGEST_LIFE).toNanos()));
    victim.kill();
    victim.revive();
  }

  /** Until nothing happens any more at Slack and at the mail server. */
  private static void quiet(Outside outside) throws Exception {
    long[] seen = {-1, System.nanoTime()};
    Waiting.until(
        "quiet",
        PATIENCE,
        () -> {
          long now = outside.slack.calls() + 1_000_000L * outside.sink.taken().size();
          if (now != seen[0]) {
            seen[0] = now;
            seen[1] = System.nanoTime();
          }
          return System.nanoTime() - seen[1] > QUIET.toNanos();
        });
  }

  /**
   * Cards that still ask: people look whether the mail arrived, as the card says, and click again
   * where it did not. How many that were.
   */
  private int lookAfter(Outside outside, Load load) throws Exception {
    List<Shown> asking =
        outside.slack.cards().stream()
            .filter(c -> c.token().isPresent() && outside.sink.taken(recipient(outside, c)) == 0)
            .toList();
    for (Shown card : asking) {
      load.press(card, random);
    }
    if (!asking.isEmpty()) {
      quiet(outside);
    }
    return asking.size();
  }

  private static String recipient(Outside outside, Shown card) {
    Matcher found = RECIPIENT.matcher(outside.slack.words(card.ts()));
    if (!found.find()) {
      throw new AssertionError("no recipient on " + outside.slack.words(card.ts()));
    }
    return found.group(1) + ".test";
  }
}
