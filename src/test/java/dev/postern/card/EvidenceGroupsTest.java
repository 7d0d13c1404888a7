package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.CardView.Group;
import dev.postern.evidence.EvidenceBuilder;
import dev.postern.evidence.ReportedResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvidenceGroupsTest {

  private static List<Group> reported(EvidenceBuilder evidence) {
    return EvidenceGroups.of(aCase().evidence(evidence).build()).stream()
        .filter(group -> group.id().equals("reported"))
        .toList();
  }

  private static ReportedResult dmarcPass() {
    return new ReportedResult(
        "mx.firm.example",
        "dmarc",
        "pass",
        "",
        new TreeMap<>(Map.of("header.from", "bank.example")));
  }

  @Test
  void aResultOfAGatewayStandsAsItsWord() {
    Group group = reported(anEvidence().reported(dmarcPass())).getFirst();

    assertThat(ChecksTest.text(group.rows().getFirst().value()))
        .isEqualTo("dmarc=pass header[.]from=bank[.]example, says mx[.]firm[.]example");
  }

  @Test
  void withoutResultsOfGatewaysNothingIsSaidOfThem() {
    assertThat(reported(anEvidence())).isEmpty();
  }

  @Test
  void ofManyResultsTheFirstTwentyAreShown() {
    ReportedResult[] many = new ReportedResult[50];
    Arrays.fill(many, dmarcPass());
    Group group = reported(anEvidence().reported(many)).getFirst();

    assertThat(group.rows()).hasSize(20);
    assertThat(ChecksTest.text(group.lines().getFirst()))
        .isEqualTo("and 30 more in the evidence document");
  }
}
