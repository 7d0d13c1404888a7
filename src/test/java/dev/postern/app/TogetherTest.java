package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TogetherTest {
  @Test
  void P15_partsThatWaitForTheirClientsStopAtTheSameTime() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger stopped = new AtomicInteger();
    AutoCloseable part =
        () -> {
          both.await(20, TimeUnit.SECONDS);
          stopped.incrementAndGet();
        };
    Together together = new Together();
    together.add(
        () -> {
          throw new IllegalStateException("does not stop");
        });
    together.add(part);
    together.add(part);

    together.close();

    assertThat(stopped).hasValue(2);
  }
}
