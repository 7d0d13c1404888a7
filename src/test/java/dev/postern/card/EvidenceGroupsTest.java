package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.CardView.Group;
import dev.postern.evidence.EvidenceBuilder;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvidenceGroupsTest {

  private static List<Group> reported(EvidenceBuilder evidence) {
    return group("reported", evidence);
  }

  private static List<Group> group(String id, EvidenceBuilder evidence) {
    return EvidenceGroups.of(aCase().evidence(evidence).build()).stream()
        .filter(group -> group.id().equals(id))
        .toList();
  }

  private static String sender(String said) {
    return EvidenceGroups.of(aCase().mailFrom(said).build()).stream()
        .filter(group -> group.id().equals("path"))
        .map(group -> ChecksTest.text(group.rows().getFirst().value()))
        .findFirst()
        .orElseThrow();
  }

  /** A bounce comes from nobody; whoever cannot be read is somebody. */
  @Test
  void aSenderThatCannotBeReadDoesNotLookLikeThatOfABounce() {
    assertThat(sender("")).isEqualTo("empty, as in delivery reports");
    assertThat(sender("ben@[192.0.2.7]"))
        .startsWith("no address that can be read: ")
        .contains("ben");
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
  void aForgedFieldStandsWithWhatItClaims() {
    Signal forged =
        Signal.of(
            "forged-authentication-results",
            Map.of("authserv-id", "mx.firm.example", "claims", "dmarc=pass"));
    Group group = group("signals", anEvidence().signals(forged)).getFirst();

    assertThat(ChecksTest.text(group.rows().getFirst().value()))
        .isEqualTo(
            "in the name of your gateway mx[.]firm[.]example, but not written by it: dmarc=pass");
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
