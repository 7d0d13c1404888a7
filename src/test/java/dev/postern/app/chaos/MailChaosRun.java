package dev.postern.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.chaos.Machines.Machine;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Postfix behind a real rspamd, and Postern, each killed with -9 at random moments while
 * mail comes and people decide. In the end each message arrived once wherever it was to go, not
 * before it was decided, octet for octet.
 *
 * <p>{@code -Dpostern.messages=N}, {@code -Dpostern.kills=N} of each of the three, {@code
 * -Dpostern.seed=N} for other moments.
 */
final class MailChaosRun {
  private static final int MESSAGES = Integer.getInteger("postern.messages", 40);
  private static final int KILLS = Integer.getInteger("postern.kills", 1);
  private static final long SEED = Long.getLong("postern.seed", 1);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  /** What is held or under way is counted as such; this is for what neither knows of. */
  private static final Duration QUIET = Duration.ofSeconds(4);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir private Path folder;
  @TempDir private Path postfixFolder;

  private final Random random = new Random(SEED);

  @Test
  void P7_P12_eachMessageArrivesOnceOrIsDiscardedByDecisionWhicheverMachineDies() throws Exception {
    List<Mail> mails = IntStream.range(0, MESSAGES).mapToObj(n -> Mail.of(n, random)).toList();
    try (Machines machines = new Machines(folder, postfixFolder);
        Senders senders = new Senders(machines.mail.postfix(), mails);
        People people = new People(machines, mails, new Random(SEED + 1))) {
      List<Machine> victims = victims();
      int share = Math.max(1, MESSAGES / (victims.size() + 1));
      for (int i = 0; i < victims.size(); i++) {
        senders.allow(share);
        // By what was taken and not by time, so that a slow machine is killed at its work, too.
        senders.awaitTaken(i * share + random.nextInt(share));
        LockSupport.parkNanos(random.nextLong(LONGEST_WAIT.toNanos()));
        machines.kill(victims.get(i), random);
      }
      senders.allow(MESSAGES);
      senders.finish();
      settle(machines, people);
      people.finish();

      Reckoning reckoning =
          new Reckoning(mails, senders, people, machines.postfixKilled)
              .of(machines.mail.nextHop().taken());
      print(senders, people, reckoning);
      assertThat(reckoning.faults).isEmpty();
      assertThat(reckoning.delivered).isPositive();
    }
  }

  /** Each of the three so often, in an order by chance. */
  private List<Machine> victims() {
    List<Machine> victims = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      victims.addAll(List.of(Machine.values()));
    }
    Collections.shuffle(victims, random);
    return victims;
  }

  /** Until nothing is under way any more, and nothing comes for a while. */
  private static void settle(Machines machines, People people) {
    long[] since = {System.nanoTime()};
    int[] seen = {-1};
    Programs.await(
        "quiet: " + machines.mail.postfix().spool(),
        PATIENCE,
        () -> {
          int taken = machines.mail.nextHop().taken().size();
          if (taken != seen[0] || !done(machines, people)) {
            seen[0] = taken;
            since[0] = System.nanoTime();
          }
          LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
          return System.nanoTime() - since[0] > QUIET.toNanos();
        });
  }

  private static boolean done(Machines machines, People people)
      throws IOException, InterruptedException {
    Set<String> open =
        people.cases("RECEIVED,EXAMINED,ASKING,DECIDED,FAILED,EXPIRED").stream()
            .map((JsonNode it) -> it.path("id").asText())
            .filter(id -> !people.left.contains(id))
            .collect(Collectors.toSet());
    return open.isEmpty() && machines.mail.postfix().queue().isEmpty();
  }

  private static void print(Senders senders, People people, Reckoning reckoning) {
    System.out.printf(
        "%d messages, each of three killed %d times, seed %d: senders put off %d times, not"
            + " answered %d times; %d copies taken, %d more unanswered; %d decided about, %d"
            + " discarded, %d asked again (%d had arrived); %d deliveries, %d more by Postfix"
            + " itself; faults: %s%n",
        MESSAGES,
        KILLS,
        SEED,
        senders.putOff.get(),
        senders.unanswered.values().stream().mapToInt(n -> n).sum(),
        senders.taken.size(),
        reckoning.copiesUnanswered,
        people.decided.size(),
        reckoning.discarded,
        people.askedAgain.size(),
        people.left.size(),
        reckoning.delivered,
        reckoning.twiceByPostfix,
        reckoning.faults);
  }
}
