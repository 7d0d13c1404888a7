package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceJsonTest {

  @Test
  void whatIsWrittenIsReadBackEqual() {
    Evidence evidence = evidence();
    assertThat(EvidenceJson.read(EvidenceJson.write(evidence))).isEqualTo(evidence);
  }

  @Test
  void reportedEvidenceNamesItsGateway() {
    Evidence reported =
        Examiner.reported("gw.example", java.time.Instant.ofEpochSecond(7), "a.example");
    assertThat(reported.origin()).isEqualTo(new Origin.Reported("gw.example"));
    assertThat(reported.dmarc().fromDomain()).isEqualTo("a.example");
    assertThat(EvidenceJson.read(EvidenceJson.write(reported))).isEqualTo(reported);
  }

  @Test
  void theDocumentAndItsDigestNeverChangeForTheSameEvidence() {
    assertThat(EvidenceJson.write(evidence()))
        .startsWith(
            "{\"arc\":{\"reason\":\"\",\"result\":\"none\",\"sealers\":[\"s.example\"]},\"at\":")
        .contains("\"kind\":\"computed\"")
        .contains("\"result\":\"softfail\"")
        .endsWith("\"version\":1}");
    assertThat(EvidenceJson.digest(evidence()).hex())
        .isEqualTo("652a63fa26d20ec6394652483d29fa1ce0f74506c8a378c25cfe80b7c2b6cdb9");
  }

  @Test
  void theCanonicalFormIsThatOfRfc8785() {
    assertThat(
            CanonicalJson.write(
                Map.of("b", 1, "a", List.of(true, -5L), "\u00e9", "€\u0001\n\"\\/\u007f")))
        .isEqualTo("{\"a\":[true,-5],\"b\":1,\"\u00e9\":\"€\\u0001\\n\\\"\\\\/\u007f\"}");
    // RFC 8785 §3.2.3: U+1F600 is a surrogate pair and sorts before U+FB33.
    assertThat(CanonicalJson.write(Map.of("\uFB33", 1, "\uD83D\uDE00", 2)))
        .isEqualTo("{\"\uD83D\uDE00\":2,\"\uFB33\":1}");
    assertThat(CanonicalJson.write(List.of("x\uD83D", "\uDE00y")))
        .isEqualTo("[\"x\uFFFD\",\"\uFFFDy\"]");
    assertThatThrownBy(() -> CanonicalJson.write(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.write(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDocumentThatIsNoEvidenceIsRefusedWithTheMemberNamed() {
    String good = EvidenceJson.write(evidence());
    assertThatThrownBy(() -> EvidenceJson.read(good.replace("\"softfail\"", "\"maybe\"")))
        .hasMessageContaining("spf.result");
    assertThatThrownBy(() -> EvidenceJson.read(good.replace("\"ttl\":300", "\"ttl\":\"x\"")))
        .hasMessageContaining("dns[0].ttl");
    assertThatThrownBy(() -> EvidenceJson.read(good.replace("\"version\":1", "\"version\":2")))
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> EvidenceJson.read("{")).hasMessageContaining("not JSON");
    assertThatThrownBy(() -> EvidenceJson.read("")).isInstanceOf(IllegalArgumentException.class);
  }

  static Evidence evidence() {
    return new Evidence(
        new Origin.Computed("ab".repeat(32)),
        1_790_000_000L,
        new SpfFinding(
            SpfResult.SOFTFAIL, SpfFinding.Identity.MAILFROM, "a.example", "~all", "", "", true),
        new SpfFinding(
            SpfResult.PASS, SpfFinding.Identity.HELO, "mx.a.example", "a", "", "", false),
        List.of(
            new DkimFinding(DkimResult.PASS, "a.example", "s1", "rsa-sha256", 2048, "", 0, true),
            new DkimFinding(
                DkimResult.FAIL,
                "b.example",
                "s2",
                "ed25519-sha256",
                256,
                "body changed \u0001 \uD83D\uDE00",
                17,
                false)),
        new ArcFinding(ArcResult.NONE, List.of("s.example"), ""),
        new DmarcFinding(
            DmarcResult.PASS,
            "a.example",
            "a.example",
            "a.example",
            DmarcPolicy.REJECT,
            DmarcPolicy.NONE,
            false,
            "v=DMARC1; p=reject",
            ""),
        List.of(
            new DnsRecord(
                new DnsName("a.example"),
                DnsType.TXT,
                Answer.of(List.of("v=spf1 \u00ff ~all"), 300, true)),
            new DnsRecord(
                new DnsName("b.example"), DnsType.A, Answer.without(Answer.Status.TEMPFAIL, 0))));
  }
}
