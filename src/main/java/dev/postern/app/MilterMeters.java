package dev.postern.app;

import dev.postern.intake.milter.MilterServer;
import dev.postern.intake.milter.MilterWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Figures of the milter. */
final class MilterMeters implements MilterWatch {
  private final MeterRegistry meters;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  MilterMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void answered(String verdict, Duration took) {
    timers.computeIfAbsent(verdict, this::timer).record(took);
  }

  private Timer timer(String verdict) {
    return Timer.builder("postern.milter.messages")
        .description("from the end of a message to the answer, by verdict")
        .tag("verdict", verdict)
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }

  /** Counts its connections, too. */
  void watch(MilterServer milter) {
    Gauge.builder("postern.milter.connections", milter::connections)
        .description("connections of mail servers to the milter")
        .register(meters);
  }
}
