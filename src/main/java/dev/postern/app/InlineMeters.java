package dev.postern.app;

import dev.postern.intake.VerdictWatch;
import dev.postern.intake.milter.MilterServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Figures of those who judge while a mail server waits. */
final class InlineMeters {
  private final MeterRegistry meters;

  InlineMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Of the milter. */
  VerdictWatch milter() {
    return timers("postern.milter.messages");
  }

  /** Of MTA Hooks. */
  VerdictWatch hooks() {
    return timers("postern.mtahooks.messages");
  }

  private VerdictWatch timers(String name) {
    Map<String, Timer> timers = new ConcurrentHashMap<>();
    return (verdict, took) ->
        timers.computeIfAbsent(verdict, word -> timer(name, word)).record(took);
  }

  private Timer timer(String name, String verdict) {
    return Timer.builder(name)
        .description("from the end of a message to the answer, by verdict")
        .tag("verdict", verdict)
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }

  /** Counts the connections of the milter, too. */
  void watch(MilterServer milter) {
    Gauge.builder("postern.milter.connections", milter::connections)
        .description("connections of mail servers to the milter")
        .register(meters);
  }
}
