package dev.postern.app;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an operator's machines ask: {@code /healthz} (the process lives), {@code /readyz} (it can
 * take work, or which part keeps it from that) and {@code /metrics} (Prometheus).
 */
final class Operations {
  private final List<Part> parts;
  private final PrometheusMeterRegistry meters;
  private volatile boolean draining;

  /**
   * One part of Postern.
   *
   * @param name as the answer calls it
   * @param needed whether Postern can take no work without it; mail is held also while chat is down
   * @param trouble what keeps it from working, in words; empty when nothing does
   * @param remark what to know though it works
   */
  record Part(
      String name,
      boolean needed,
      Supplier<Optional<String>> trouble,
      Supplier<Optional<String>> remark) {
    Part(String name, boolean needed, Supplier<Optional<String>> trouble) {
      this(name, needed, trouble, Optional::empty);
    }

    String line(Optional<String> wrong) {
      return name
          + ": "
          + wrong.orElseGet(() -> "ok" + remark.get().map(r -> " (" + r + ")").orElse(""))
          + "\n";
    }
  }

  /** Takes what is asked about. */
  Operations(List<Part> parts, PrometheusMeterRegistry meters) {
    this.parts = List.copyOf(parts);
    this.meters = meters;
  }

  /** From now on nobody should send new work here. */
  void drain() {
    draining = true;
  }

  void register(RoutesConfig routes) {
    routes.get("/healthz", context -> context.result("ok\n"));
    routes.get("/readyz", this::ready);
    routes.get(
        "/metrics",
        context -> context.contentType("text/plain; version=0.0.4").result(meters.scrape()));
  }

  /** What each part says of itself, by its name: ok, or in words. */
  Map<String, String> health() {
    Map<String, String> health = new LinkedHashMap<>();
    for (Part part : parts) {
      health.put(part.name(), part.trouble().get().or(part.remark()).orElse("ok"));
    }
    return health;
  }

  private void ready(Context context) {
    StringBuilder text = new StringBuilder();
    boolean ready = !draining;
    if (draining) {
      text.append("draining: this Postern is shutting down\n");
    }
    for (Part part : parts) {
      Optional<String> trouble = part.trouble().get();
      ready &= trouble.isEmpty() || !part.needed();
      text.append(part.line(trouble));
    }
    context.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).result(text.toString());
  }
}
