package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.CardView.Group;
import dev.postern.evidence.EvidenceBuilder;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import dev.postern.policy.Action;
import dev.postern.policy.Reason;
import dev.postern.policy.Ruling;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

  @Test
  void theWayThroughTheRulesStandsThereWithWhatIsInShadow() {
    Group group = rules(2, List.of(new Ruling.Shadow("new", "release")));

    assertThat(group.rows().stream().map(CardView.Row::label))
        .containsExactly("rule 1", "rule 2", "Policy");
    assertThat(ChecksTest.text(group.rows().get(0).value()))
        .isEqualTo("did not decide: message.from.listed(\"partner[.]example\")");
    assertThat(ChecksTest.text(group.rows().get(1).value()))
        .startsWith("decided: message.from.listed");
    assertThat(ChecksTest.text(group.rows().get(2).value())).isEqualTo("version 0123456789ab");
    assertThat(ChecksTest.text(group.lines().getFirst()))
        .isEqualTo("In shadow: rule new would have released it.");
  }

  @Test
  void ofManyRulesThoseNearestToTheDecisionAreShown() {
    Group group = rules(100, List.of());

    assertThat(group.rows()).hasSize(16);
    assertThat(group.rows().get(14).label()).isEqualTo("rule 100");
    assertThat(ChecksTest.text(group.lines().getFirst()))
        .isEqualTo("and 85 rules before these, none of which decided");
  }

  private static Group rules(int tried, List<Ruling.Shadow> shadows) {
    List<Ruling.Step> trace =
        IntStream.rangeClosed(1, tried)
            .mapToObj(
                it ->
                    new Ruling.Step(
                        "rule " + it, it == tried, "message.from.listed(\"partner.example\")"))
            .toList();
    return TraceRows.of(
        new Ruling(
            new Action.Ask("admins"),
            "rule " + tried,
            Reason.own(""),
            "0123456789ab",
            trace,
            new Ruling.Notes(Optional.empty(), shadows, Optional.empty())));
  }
}
