package dev.postern.intake.mtahooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.mtahooks.FakeStalwart.Took;
import dev.postern.intake.mtahooks.MtaHooksSettings.OnTrouble;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Judgements that come late, and the end of Postern while messages wait. */
class MtaHooksStopTest extends HookedMail {
  @Test
  void whatIsJudgedTooLateIsAnsweredInTimeAndItsHoldWithdrawn() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    start(
        OnTrouble.TEMPFAIL,
        message -> {
          try {
            gate.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          return held(message);
        });

    assertThat(take()).isEqualTo(new Took(LATER, false));
    gate.countDown();

    assertThat(withdrawn.poll(10, TimeUnit.SECONDS)).isEqualTo(seen.getFirst().ref());
  }

  @Test
  void P15_whatIsJudgedSoonAfterAStopBeganIsAnsweredStill() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    start(OnTrouble.TEMPFAIL, message -> behind(judging, gate, message));
    CompletableFuture<Took> took = CompletableFuture.supplyAsync(this::take);
    judging.await();
    CompletableFuture<Void> stop = CompletableFuture.runAsync(endpoint::close);

    gate.countDown();

    assertThat(took.get(10, TimeUnit.SECONDS)).isEqualTo(new Took(QUEUED, false));
    stop.get(10, TimeUnit.SECONDS);
    assertThat(withdrawn).isEmpty();
    assertThat(take()).as("whoever comes now").isEqualTo(new Took(LATER, false));
  }

  /** Otherwise its client sends it again, and there are two cases of one message. */
  @Test
  void P2_whoWasPutOffByAStopHasNoCaseWhenItEnds() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    patience = Duration.ofSeconds(30);
    start(OnTrouble.TEMPFAIL, message -> behind(judging, gate, message));
    CompletableFuture<Took> took = CompletableFuture.supplyAsync(this::take);
    judging.await();
    CompletableFuture<Void> stop = CompletableFuture.runAsync(endpoint::close);
    assertThat(took.get(10, TimeUnit.SECONDS)).isEqualTo(new Took(LATER, false));

    gate.countDown();

    stop.get(10, TimeUnit.SECONDS);
    assertThat(withdrawn).containsExactly(seen.getFirst().ref());
  }

  private static Judgement behind(CountDownLatch judging, CountDownLatch gate, Message message) {
    judging.countDown();
    try {
      gate.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return held(message);
  }
}
