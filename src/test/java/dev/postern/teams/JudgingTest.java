package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Presses while Teams waits for the answer. */
class JudgingTest {
  private static final Click CLICK =
      new Click(
          "press:1",
          "teams",
          new Identity("teams", "t", "kim"),
          "",
          "19:c@thread.tacv2",
          new Choice.ReleaseAll(),
          "");
  private static final Answer DECIDED =
      new Answer.Decided(new CaseId("PN-7F3K-2QXD"), new Choice.ReleaseAll());
  private static final Doorkeeper.Result JUDGED = new Doorkeeper.Judged(CLICK, DECIDED);

  private final List<Click> owed = new ArrayList<>();

  private Judging judging(TeamsWiring.Clicks clicks, Duration patience) {
    return new Judging(clicks, Runnable::run, patience);
  }

  @Test
  void whatIsJudgedInTimeIsAnsweredAndNothingIsOwed() {
    Judging judging =
        judging(
            new TeamsWiring.Clicks(_ -> true, (_, _) -> Optional.of(JUDGED), owed::add),
            Duration.ofSeconds(5));

    assertThat(judging.on(CLICK)).isEqualTo(new Judging.Judged(DECIDED));
    assertThat(owed).isEmpty();
  }

  @Test
  void P3_aPressThatCannotBeWrittenDownIsNotJudged() {
    Judging judging =
        judging(
            new TeamsWiring.Clicks(
                _ -> {
                  throw new IllegalStateException("the store is down");
                },
                (_, _) -> {
                  throw new AssertionError("judged without being written down");
                },
                owed::add),
            Duration.ofSeconds(5));

    assertThat(judging.on(CLICK)).isInstanceOf(Judging.NotRecorded.class);
  }

  @Test
  void aPressOfSomebodyWhomTeamsDoesNotNameYetIsOwedItsAnswer() {
    Judging judging =
        judging(
            new TeamsWiring.Clicks(
                _ -> true,
                (_, _) -> Optional.of(new Doorkeeper.Waits(Duration.ofSeconds(2))),
                owed::add),
            Duration.ofSeconds(5));

    assertThat(judging.on(CLICK)).isInstanceOf(Judging.Later.class);
    assertThat(owed).containsExactly(CLICK);
  }

  @Test
  void whatTakesTooLongIsOwed() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Judging judging =
          new Judging(
              new TeamsWiring.Clicks(
                  _ -> true,
                  (_, _) -> {
                    await(slow);
                    return Optional.of(JUDGED);
                  },
                  owed::add),
              threads,
              Duration.ofMillis(1));

      assertThat(judging.on(CLICK)).isInstanceOf(Judging.Later.class);
      slow.countDown();

      assertThat(owed).containsExactly(CLICK);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void P3_aPressIsRecordedThoughItsDebtCouldNotBe() {
    Judging judging =
        judging(
            new TeamsWiring.Clicks(
                _ -> true,
                (_, _) -> Optional.empty(),
                _ -> {
                  throw new IllegalStateException("the store went away");
                }),
            Duration.ofSeconds(5));

    assertThat(judging.on(CLICK)).isInstanceOf(Judging.Later.class);
  }

  @Test
  void whatCannotBeJudgedNowIsJudgedLater() {
    Judging judging =
        judging(
            new TeamsWiring.Clicks(
                _ -> true,
                (_, _) -> {
                  throw new IllegalStateException("the store went away");
                },
                owed::add),
            Duration.ofSeconds(5));

    assertThat(judging.on(CLICK)).isInstanceOf(Judging.Later.class);
  }
}
