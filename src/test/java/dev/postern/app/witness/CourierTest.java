package dev.postern.app.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CourierTest {
  private static final Duration SOON = Duration.ofMillis(1);

  /** A place that opens when the test says so, and fails as often as the test says. */
  private static final class Scripted implements Place {
    final Semaphore open = new Semaphore(0);
    final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    final AtomicInteger failures = new AtomicInteger();

    @Override
    public void put(String note) throws IOException {
      open.acquireUninterruptibly();
      if (failures.getAndDecrement() > 0) {
        throw new IOException("the place is shut");
      }
      arrived.add(note);
    }

    List<String> next(int count) throws InterruptedException {
      List<String> notes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        notes.add(String.valueOf(arrived.poll(20, TimeUnit.SECONDS)));
      }
      return notes;
    }
  }

  private final Scripted place = new Scripted();

  @Test
  void checkpointsArriveInOrder() throws InterruptedException {
    place.open.release(100);
    try (Courier courier = new Courier("copy", place, 10, SOON)) {
      List.of("1", "2", "3").forEach(courier::witness);
      assertThat(place.next(3)).containsExactly("1", "2", "3");
      assertThat(courier.trouble()).isEmpty();
    }
  }

  @Test
  void aPlaceThatHangsHoldsNobodyUp_andGetsTheNewestThatHaveRoom() throws InterruptedException {
    try (Courier courier = new Courier("witness", place, 2, SOON)) {
      for (int i = 1; i <= 100; i++) {
        courier.witness("" + i); // returns, though nothing arrives
      }
      assertThat(place.arrived).isEmpty();
      place.open.release(100);
      List<String> notes = place.next(1);
      while (!notes.contains("100")) {
        notes.addAll(place.next(1));
      }
      assertThat(notes).endsWith("99", "100").hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void whatFailsIsTriedAgainAndTold_untilItArrives() throws InterruptedException {
    place.failures.set(4);
    try (Courier courier = new Courier("witness", place, 1, SOON)) {
      courier.witness("1");
      place.open.release(4);
      while (courier.trouble().isEmpty()) {
        Pause.betweenLooks();
      }
      assertThat(courier.trouble()).contains("the place is shut");
      place.open.release();
      assertThat(place.next(1)).containsExactly("1");
      while (courier.trouble().isPresent()) {
        Pause.betweenLooks();
      }
    }
  }

  @Test
  void theStopGivesTheLastCheckpointAMoment() {
    place.open.release();
    Courier courier = new Courier("copy", place, 1, SOON);
    courier.witness("last");
    courier.close();
    assertThat(place.arrived).containsExactly("last");
    courier.witness("too late");
  }

  @Test
  void theStopDoesNotWaitForAPlaceThatHangs() {
    Courier courier = new Courier("witness", place, 1, SOON);
    courier.witness("1");
    courier.close();
    assertThat(place.arrived).isEmpty();
    place.open.release();
  }
}
