package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.mail.MessageHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvidenceJsonTest {

  @Test
  void whatIsWrittenIsReadBackEqual() {
    Evidence evidence = evidence();
    assertThat(EvidenceJson.read(EvidenceJson.write(evidence))).isEqualTo(evidence);
  }

  @Test
  void reportedEvidenceNamesItsGateway() {
    Evidence reported = ReportedEvidence.by("gw.example", "kim@a.example");
    assertThat(reported.origin()).isEqualTo(new Origin.Reported("gw.example"));
    assertThat(reported.dmarc().fromDomain()).isEqualTo("a.example");
    assertThat(EvidenceJson.read(EvidenceJson.write(reported))).isEqualTo(reported);
  }

  @Test
  void theDocumentAndItsDigestNeverChangeForTheSameEvidence() {
    assertThat(EvidenceJson.write(evidence()))
        .startsWith("{\"arc\":{\"hops\":[{\"claims\":\"spf=pass\",\"instance\":1,")
        .contains("\"kind\":\"computed\"")
        .contains("\"result\":\"softfail\"")
        .endsWith("\"version\":1}");
    assertThat(EvidenceJson.digest(evidence()).hex())
        .isEqualTo("8c43bc4a34e6723d6c21c1bd35af1b56e77a8c032e1d5e2b9cfc985cd6fc434b");
  }

  @Test
  void theOrderInWhichValuesWerePutInDoesNotShow() {
    Map<String, String> values = Map.of("a", "1", "B", "2", "\u00e9", "3", "smtp.mailfrom", "4");
    TreeMap<String, String> backwards = new TreeMap<>(Comparator.reverseOrder());
    backwards.putAll(values);
    Evidence one = evidence().raising(List.of(new Signal("x", new TreeMap<>(values))));
    Evidence other = evidence().raising(new ArrayList<>(List.of(new Signal("x", backwards))));
    assertThat(other.signals().getFirst().values().firstKey()).isEqualTo("\u00e9");
    assertThat(EvidenceJson.write(other)).isEqualTo(EvidenceJson.write(one));
    assertThat(EvidenceJson.digest(other)).isEqualTo(EvidenceJson.digest(one));
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

  private static List<SpfTerm> path(String term) {
    return List.of(new SpfTerm("a.example", term));
  }

  static Evidence evidence() {
    return new Evidence(
        new Origin.Computed(
            MessageHash.read("ab".repeat(32)), "192.0.2.1", "mx.client.example", "kim@a.example"),
        1_790_000_000L,
        new SpfFinding(
            SpfResult.SOFTFAIL,
            SpfFinding.Identity.MAILFROM,
            "a.example",
            path("~all"),
            3,
            "",
            "",
            true),
        new SpfFinding(
            SpfResult.PASS, SpfFinding.Identity.HELO, "mx.a.example", path("a"), 1, "", "", false),
        List.of(
            new DkimFinding(
                DkimResult.PASS,
                "a.example",
                "s1",
                "@a.example",
                "rsa-sha256",
                2048,
                true,
                "",
                false,
                0,
                1_790_000_000L,
                true),
            new DkimFinding(
                DkimResult.FAIL,
                "b.example",
                "s2",
                "",
                "ed25519-sha256",
                256,
                false,
                "body changed \u0001 \uD83D\uDE00",
                true,
                17,
                0,
                false)),
        new ArcFinding(
            ArcResult.FAIL,
            List.of(new ArcHop(1, "s.example", "s1", true, "spf=pass")),
            "no answer",
            true),
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
            new ReportedResult(
                "gw.example",
                "spf",
                "pass",
                "",
                new TreeMap<>(Map.of("smtp.mailfrom", "a.example")))),
        List.of(Signal.of("reply-to-elsewhere", Map.of("replyTo", "c.example"))),
        List.of(
            new DnsRecord(
                new DnsName("a.example"),
                DnsType.TXT,
                Answer.of(List.of("v=spf1 \u00ff ~all"), 300, true),
                11),
            new DnsRecord(new DnsName("b.example"), DnsType.A, Answer.failure("SERVFAIL"), 2000)));
  }
}
