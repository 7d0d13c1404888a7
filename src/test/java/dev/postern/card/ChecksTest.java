package dev.postern.card;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static dev.postern.evidence.EvidenceBuilder.dkimFinding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.EvidenceBuilder;
import dev.postern.evidence.SpfResult;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {

  @ParameterizedTest(name = "SPF {0}, aligned {1}")
  @CsvSource({
    "PASS, true, 'SPF pass, aligned: d[.]example'",
    "PASS, false, 'SPF pass, not aligned: d[.]example'",
    "FAIL, false, SPF fail: d[.]example",
    "SOFTFAIL, false, SPF softfail: d[.]example",
    "NEUTRAL, false, SPF neutral: d[.]example",
    "NONE, false, SPF none: d[.]example",
    "TEMPERROR, false, 'SPF not checked: d[.]example, DNS did not answer'",
    "PERMERROR, false, SPF broken record: d[.]example",
  })
  void spf(SpfResult result, boolean aligned, String onTheCard) {
    assertThat(row(0, anEvidence().spf(result, "d.example", aligned))).isEqualTo(onTheCard);
  }

  @ParameterizedTest(name = "DKIM {0}, aligned {1}")
  @CsvSource({
    "PASS, true, 'DKIM pass, aligned: d[.]example'",
    "PASS, false, 'DKIM pass, not aligned: d[.]example'",
    "FAIL, true, DKIM fail: d[.]example",
    "POLICY, true, DKIM too weak: d[.]example",
    "NEUTRAL, true, DKIM unusable: d[.]example",
    "TEMPERROR, true, 'DKIM not checked: d[.]example, DNS did not answer'",
    "PERMERROR, true, 'DKIM permerror: d[.]example'",
  })
  void dkim(DkimResult result, boolean aligned, String onTheCard) {
    assertThat(row(1, anEvidence().dkim(dkimFinding(result, "d.example", aligned))))
        .isEqualTo(onTheCard);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FAIL | A signature that claims d[.]example does not match: Subject changed after signing.",
        "PERMERROR | No proof, since a signature of d[.]example cannot be verified: key revoked.",
        "NEUTRAL | A signature is present but cannot be judged: malformed signature.",
      })
  void aSignatureThatDoesNotPassSaysWhy(DkimResult result, String sentence) {
    String reason =
        switch (result) {
          case FAIL -> "Subject changed after signing";
          case PERMERROR -> "key revoked";
          default -> "malformed signature";
        };
    DkimFinding one =
        new DkimFinding(
            result, "d.example", "s1", "", "rsa-sha256", 2048, false, reason, false, 0, 0, true);

    assertThat(text(Checks.of(anEvidence().dkim(one).build()).get(1).sentence()))
        .isEqualTo(sentence);
  }

  @Test
  void ofSeveralSignaturesTheBestAlignedOneIsNamed() {
    EvidenceBuilder three =
        anEvidence()
            .dkim(
                dkimFinding(DkimResult.FAIL, "a.example", true),
                dkimFinding(DkimResult.PASS, "b.example", false),
                dkimFinding(DkimResult.PASS, "c.example", true));

    assertThat(row(1, three)).isEqualTo("DKIM pass, aligned: c[.]example and 2 more");
    assertThat(row(1, anEvidence().dkim())).isEqualTo("DKIM none: no signature");
  }

  @ParameterizedTest(name = "DMARC {0}, p={1}")
  @CsvSource({
    "PASS, REJECT, DMARC pass: d[.]example",
    "FAIL, REJECT, DMARC fail: policy of d[.]example is reject",
    "FAIL, QUARANTINE, DMARC fail: policy of d[.]example is quarantine",
    "FAIL, NONE, DMARC fail: policy of d[.]example is none",
    "NONE, NONE, DMARC none: the From domain publishes no policy",
    "TEMPERROR, NONE, 'DMARC not checked: d[.]example, DNS did not answer'",
    "PERMERROR, NONE, DMARC broken record: d[.]example",
  })
  void dmarc(DmarcResult result, DmarcPolicy policy, String onTheCard) {
    assertThat(row(2, anEvidence().fromDomain("d.example").dmarc(result, policy)))
        .isEqualTo(onTheCard);
  }

  @Test
  void dmarcIsNotPossibleWithoutASingleFromDomain() {
    assertThat(row(2, anEvidence().fromDomain("").dmarc(DmarcResult.PERMERROR)))
        .isEqualTo("DMARC not possible: no single From domain");
  }

  @ParameterizedTest(name = "ARC {0}")
  @CsvSource({
    "NONE, ARC none: no forwarder vouches for it",
    "PASS, 'ARC pass: s[.]example, not trusted here'",
    "FAIL, 'ARC fail: seals broken, ignored'",
  })
  void arc(ArcResult result, String onTheCard) {
    assertThat(row(3, anEvidence().arc(result, "first.example", "s.example"))).isEqualTo(onTheCard);
  }

  @Test
  void whatAGatewayReportedIsSaidToBeItsWord() {
    EvidenceBuilder reported = anEvidence().reportedBy("edge-2");

    assertThat(List.of(row(0, reported), row(1, reported), row(2, reported), row(3, reported)))
        .allMatch(r -> r.endsWith(", says edge-2"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "0, 'The server may send for d[.]example, and d[.]example is the From domain.'",
    "1, 'Signed by d[.]example, unchanged since, and d[.]example is the From domain.'",
    "2, 'Proved to come from d[.]example. That does not make d[.]example trustworthy.'",
    "3, Not forwarded with seals.",
  })
  void aSentenceSaysWhatItMeans(int check, String sentence) {
    EvidenceBuilder all =
        anEvidence()
            .fromDomain("d.example")
            .spf(SpfResult.PASS, "d.example", true)
            .dkim(dkimFinding(DkimResult.PASS, "d.example", true));

    assertThat(text(Checks.of(all.build()).get(check).sentence())).isEqualTo(sentence);
  }

  private static String row(int check, EvidenceBuilder evidence) {
    Check it = Checks.of(evidence.build()).get(check);
    return it.label() + ": " + text(it.value());
  }

  static String text(List<Run> line) {
    return line.stream()
        .map(
            run ->
                switch (run) {
                  case Run.Own own -> own.text();
                  case Foreign f -> f.text();
                  case Run.Time t -> t.at().toString();
                  case Run.Person p -> p.name().text();
                })
        .collect(Collectors.joining());
  }
}
