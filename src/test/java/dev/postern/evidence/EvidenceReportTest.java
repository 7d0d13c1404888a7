package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvidenceReportTest {

  @Test
  void saysWhatPassedWhatDidNotAndWhy() {
    assertThat(EvidenceReport.of(EvidenceJsonTest.evidence()))
        .contains(
            "DMARC     pass       From domain a.example; a.example asks for reject\n",
            "SPF       softfail   MAIL FROM a.example; matched ~all; aligned with the From domain\n",
            "DKIM      fail       domain b.example; selector s2; ed25519-sha256; key of 256 bits;",
            "17 octets at the end are not signed; not aligned with the From domain\n",
            "  a.example TXT: \n      v=spf1 \\u{ff} ~all\n",
            "  b.example A: no answer\n")
        .endsWith("evidence " + EvidenceJson.digest(EvidenceJsonTest.evidence()).hex() + "\n");
  }

  @Test
  void P13_noControlCharacterOfAMessageReachesATerminal() {
    Evidence plain = EvidenceJsonTest.evidence();
    String hostile = "\u001b[2J\u009b1m\r\nDMARC pass\u202e\u0000\u2028\\" + "x".repeat(1000);
    Evidence evidence =
        new Evidence(
            new Origin.Reported(hostile),
            plain.at(),
            new SpfFinding(
                SpfResult.FAIL,
                SpfFinding.Identity.MAILFROM,
                hostile,
                List.of(new SpfTerm(hostile, hostile)),
                1,
                hostile,
                hostile,
                false),
            plain.helo(),
            List.of(
                new DkimFinding(
                    DkimResult.FAIL,
                    hostile,
                    hostile,
                    hostile,
                    hostile,
                    0,
                    false,
                    hostile,
                    false,
                    0,
                    0,
                    false)),
            new ArcFinding(
                ArcResult.FAIL,
                List.of(new ArcHop(1, hostile, hostile, false, hostile)),
                hostile,
                false),
            plain.dmarc(),
            List.of(
                new ReportedResult(
                    hostile, hostile, hostile, hostile, new TreeMap<>(Map.of(hostile, hostile)))),
            List.of(Signal.of(hostile, Map.of(hostile, hostile))),
            List.of(
                new DnsRecord(
                    new DnsName(hostile), DnsType.TXT, Answer.of(List.of(hostile), 1, false), 0)));
    assertThat(EvidenceReport.of(evidence))
        .contains("\\u{1b}[2J")
        .matches("(?s)[\\x20-\\x7e\n…]*")
        .doesNotContain("\nDMARC pass");
  }

  @Test
  void reportedEvidenceSaysThatNothingWasComputed() {
    assertThat(EvidenceReport.of(ReportedEvidence.by("gw.example", "kim@a.example")))
        .startsWith("reported by gw.example, not computed\n")
        .contains("the message itself is not at hand")
        .contains("DNS was not asked.");
  }
}
