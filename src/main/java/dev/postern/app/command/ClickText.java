package dev.postern.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.bench.clicks.ClickFigures;
import java.util.Locale;

/** Figures of a run, for people and for machines. */
final class ClickText {
  private ClickText() {}

  /** One line to read. */
  static String line(ClickFigures it) {
    ClickFigures.Latency latency = it.answers().latency();
    return String.format(
        Locale.ROOT,
        "%-6s %s C=%d: %d of %d clicks acknowledged, %.0f/s = %.2f x floor of %.0f/s,"
            + " p50 %.1f p99 %.1f max %.1f ms; %d refused, %d errors; %d effects in %.1f s,"
            + " %d missing, %d double, %d asked again; %.1f s cpu, %s syncs",
        scenario(it),
        it.store(),
        it.plan().load().connections(),
        it.answers().acknowledged(),
        it.requests(),
        it.answers().perSecond(),
        it.answers().perSecond() / it.floor(),
        it.floor(),
        latency.p50(),
        latency.p99(),
        latency.max(),
        it.answers().refused(),
        it.answers().errors(),
        it.effects().seen(),
        it.effects().seconds(),
        it.effects().missing(),
        it.effects().surplus(),
        it.effects().askedAgain(),
        it.cost().cpuSeconds(),
        it.cost().syncs().isPresent() ? it.cost().syncs().getAsLong() : "?");
  }

  /** One line of JSON. */
  static String json(ClickFigures it) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("scenario", scenario(it)).put("store", it.store());
    line.put("connections", it.plan().load().connections());
    line.put("people", it.plan().load().people());
    line.put("clicks", it.requests());
    line.put("acknowledged", it.answers().acknowledged());
    line.put("refused", it.answers().refused());
    line.put("errors", it.answers().errors());
    line.put("acks_per_s", tenth(it.answers().perSecond()));
    line.put("floor_per_s", tenth(it.floor()));
    ClickFigures.Latency latency = it.answers().latency();
    line.putObject("ack_ms")
        .put("p50", tenth(latency.p50()))
        .put("p90", tenth(latency.p90()))
        .put("p99", tenth(latency.p99()))
        .put("max", tenth(latency.max()));
    line.put("effects", it.effects().seen());
    line.put("effects_missing", it.effects().missing());
    line.put("effects_double", it.effects().surplus());
    line.put("asked_again", it.effects().askedAgain());
    line.put("seconds_settled", tenth(it.effects().seconds()));
    line.put("seconds_cpu", tenth(it.cost().cpuSeconds()));
    if (it.cost().syncs().isPresent()) {
      line.put("disk_syncs", it.cost().syncs().getAsLong());
    } else {
      line.putNull("disk_syncs");
    }
    return line.toString();
  }

  private static String scenario(ClickFigures it) {
    return it.plan().scenario().name().toLowerCase(Locale.ROOT);
  }

  private static double tenth(double number) {
    return Math.round(number * 10) / 10.0;
  }
}
