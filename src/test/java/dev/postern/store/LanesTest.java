package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.fake.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LanesTest extends OnAWorld {
  /** More than a store has connections. */
  private static final int CROWD = 60;

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }

  @Test
  void P16_aCrowdAtOneCaseLeavesConnectionsForTheOthers() throws Exception {
    CaseId crowded = world.desk.receive(world.hold("h1")).caseId();
    CaseId other = world.desk.receive(world.hold("h2")).caseId();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread first = Thread.ofPlatform().start(() -> stay(crowded, inside, leave));
    inside.await();
    List<Thread> crowd =
        Stream.generate(() -> Thread.ofPlatform().start(() -> touch(crowded)))
            .limit(CROWD)
            .toList();
    for (Thread one : crowd) {
      awaitIdle(one);
    }

    Thread passing =
        Thread.ofPlatform().start(() -> assertThat(world.records.find(other)).isPresent());

    assertThat(passing.join(LONG)).as("served while the crowd waits").isTrue();
    leave.countDown();
    assertThat(first.join(LONG)).isTrue();
    for (Thread one : crowd) {
      assertThat(one.join(LONG)).isTrue();
    }
    assertThat(touches(crowded)).isEqualTo(CROWD);
  }

  private void stay(CaseId id, CountDownLatch inside, CountDownLatch leave) {
    world.records.change(
        id,
        (_, _) -> {
          inside.countDown();
          return awaited(leave);
        });
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void touch(CaseId id) {
    world.records.change(
        id,
        (tx, _) -> {
          tx.log("postern", "test.touched", "");
          return true;
        });
  }

  private long touches(CaseId id) {
    return world.records.history(id).stream().filter(l -> l.what().equals("test.touched")).count();
  }

  /** Until it waits for something: a lane, a row, or a connection. */
  private static void awaitIdle(Thread thread) {
    while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
      Pause.betweenLooks();
    }
  }
}
