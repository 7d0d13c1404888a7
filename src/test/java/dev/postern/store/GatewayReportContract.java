package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.GatewayReports;
import dev.postern.approval.HoldRef;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.GatewayReport.Finding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The words of gateways, on any store. */
abstract class GatewayReportContract extends OnAWorld {
  private static final HoldRef REF = new HoldRef("edge-1", "Q1");

  private GatewayReports reports() {
    return world.store().reports();
  }

  private static GatewayReport report(double score) {
    return new GatewayReport(
        "edge-1",
        "quarantine",
        score,
        List.of(new Finding("PHISHING", score, List.of("http://x\u0000y", "</script>"))));
  }

  private static String nulless(GatewayReport report) {
    return report.toString().replace('\u0000', '\ufffd');
  }

  @Test
  void aWordThatComesBeforeTheHoldIsThereWhenTheHoldComes() {
    reports().keep(REF, report(14.25), world.now);
    CaseId id = world.desk.receive(world.hold("Q1")).caseId();

    assertThat(world.find(id).report().map(GatewayReport::toString))
        .contains(nulless(report(14.25)));
    assertThat(world.find(world.desk.receive(world.hold("Q2")).caseId()).report()).isEmpty();
  }

  @Test
  void P12_aWordThatComesAfterTheHoldIsDrawnOnItsCards() {
    CaseId id = world.desk.receive(world.hold("Q1")).caseId();
    world.desk.examine(id);
    List<Long> before = revisions(id);

    reports().keep(REF, report(14.25), world.now);

    assertThat(world.find(id).report()).isPresent();
    assertThat(revisions(id)).isNotEqualTo(before);
    assertThat(world.records.history(id).toString()).contains("gateway.reported");
  }

  private List<Long> revisions(CaseId id) {
    return world.records.cards(id).stream().map(card -> (long) card.desired()).toList();
  }

  @Test
  void theNewestWordCounts() {
    CaseId id = world.desk.receive(world.hold("Q1")).caseId();
    reports().keep(REF, report(3), world.now);
    reports().keep(REF, report(5), world.now);

    assertThat(world.find(id).report().orElseThrow().score()).isEqualTo(5);
  }

  @Test
  void P16_wordsOnMailThatNobodyHoldsGoWithTime() {
    reports().keep(REF, report(3), world.now);
    Retention retention =
        world
            .store()
            .retention(
                new Retention.Terms(Duration.ofDays(30), Duration.ofDays(100), Duration.ofDays(1)),
                () -> world.now);
    world.now = world.now.plus(Duration.ofDays(101));
    reports().keep(new HoldRef("edge-1", "Q2"), report(4), world.now);

    retention.sweep();

    assertThat(world.find(world.desk.receive(world.hold("Q1")).caseId()).report()).isEmpty();
    assertThat(world.find(world.desk.receive(world.hold("Q2")).caseId()).report()).isPresent();
    retention.close();
  }
}
