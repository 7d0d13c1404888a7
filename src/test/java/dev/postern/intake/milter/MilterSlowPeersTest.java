package dev.postern.intake.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Peers that send just enough to look alive. */
class MilterSlowPeersTest {
  private static final Duration PACKET = Duration.ofSeconds(2);
  private static final int SLOW = 40;

  private static MilterSettings hurried(MilterSettings it) {
    return Milters.bounded(
        it,
        it.limits(),
        new MilterSettings.Timing(
            it.timing().idle(), PACKET, it.timing().answer(), it.timing().beat()));
  }

  @Test
  void P16_peersThatDripAreCutOffInTimeAndKeepNobodyWaiting() throws Exception {
    try (Milters milter = Milters.judging(MilterSlowPeersTest::hurried, _ -> Milters.pass());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Duration>> slow = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        slow.add(threads.submit(() -> drip(milter.port())));
      }

      try (AnMta honest = new AnMta(milter.port()).likePostfix()) {
        honest.envelope("4jYM1", "ben@partner.example", "ap@corp.example");
        assertThat(honest.field("From", " x").body("hello\r\n").end().getLast().command())
            .isEqualTo('c');
      }
      assertThat(milter.seen).hasSize(1);

      for (Future<Duration> each : slow) {
        assertThat(each.get()).isBetween(PACKET.dividedBy(2), PACKET.multipliedBy(8));
      }
      assertThat(milter.memory.taken()).isZero();
    }
  }

  /** An octet of a large packet now and then; how long that was borne. */
  private static Duration drip(int port) throws IOException {
    try (AnMta mta = new AnMta(port).likePostfix()) {
      mta.envelope("4jYM2", "slow@partner.example", "ap@corp.example");
      mta.write(new byte[] {0, 0, 0x7f, 0, 'L'});
      long begun = System.nanoTime();
      try {
        while (true) {
          mta.write(new byte[] {'x'});
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
      } catch (IOException cutOff) {
        return Duration.ofNanos(System.nanoTime() - begun);
      }
    }
  }
}
