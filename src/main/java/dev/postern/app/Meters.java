package dev.postern.app;

import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseState;
import dev.postern.store.Store;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Figures that an operator watches. */
final class Meters {
  private Meters() {}

  static void register(MeterRegistry meters, Store store) {
    CaseBook book = store.book();
    new JvmMemoryMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    FunctionCounter.builder("postern.store.syncs", store, Store::syncs)
        .description("times that the embedded store was forced to the disk")
        .register(meters);
    // Those that have ended are counted as events: to count their rows would read all of them.
    for (CaseState state : Arrays.stream(CaseState.values()).filter(CaseState::held).toList()) {
      Gauge.builder("postern.cases", () -> book.count(Set.of(state)))
          .description("cases whose message is held, by state")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
  }
}
