package dev.postern.app;

import dev.postern.approval.CaseId;
import dev.postern.store.Story;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the story of each case to the operator's log, a line an event, and counts it. */
final class StoryLog implements Story {
  private static final Logger LOG = LoggerFactory.getLogger("dev.postern.story");

  private final MeterRegistry meters;

  StoryLog(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void tell(Line line) {
    LOG.info(
        "{} case={} actor={} {}",
        line.what(),
        line.caseId().map(CaseId::text).orElse(""),
        line.actor(),
        line.detail());
    meters.counter("postern.events", "what", line.what()).increment();
  }
}
