package dev.postern.intake.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.Pause;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An MTA that is gone when its message is held and its answer ready. */
class MilterUnsentAnswerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void P9_whatTheMtaCouldNotBeToldToDiscardLeavesNoCaseBehind() throws Exception {
    try (Milters milter = heldAndUnsent(new MilterSettings.Keeping.InStore())) {
      assertThat(milter.withdrawn).containsExactly(milter.seen.getFirst().ref());
    }
  }

  @Test
  void whatTheMtaMayHaveOnHoldStaysACase() throws Exception {
    try (Milters milter = heldAndUnsent(new MilterSettings.Keeping.InQueue("postfix"))) {
      assertThat(milter.seen).hasSize(1);
      assertThat(milter.withdrawn).isEmpty();
    }
  }

  /** No sign of life is due meanwhile, so that the answer is the first that cannot be sent. */
  private static Milters heldAndUnsent(MilterSettings.Keeping keeping) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    MilterSettings.Timing timing = Milters.timing(PATIENCE.multipliedBy(2), PATIENCE);
    Milters milter =
        Milters.judging(
            it -> Milters.keeping(Milters.bounded(it, it.limits(), timing), keeping),
            _ -> {
              asked.countDown();
              awaitQuietly(gone);
              return Milters.held();
            });
    AnMta mta = new AnMta(milter.port()).likePostfix();
    mta.envelope("4jYM1", "ben@partner.example", "ap@corp.example").field("From", " x");
    mta.body("hello\r\n").send('E');
    awaitQuietly(asked);
    mta.reset();
    gone.countDown();
    awaitNoConnection(milter);
    return milter;
  }

  private static void awaitNoConnection(Milters milter) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (milter.server().connections() > 0 && System.nanoTime() < end) {
      Pause.betweenLooks();
    }
    assertThat(milter.server().connections()).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
