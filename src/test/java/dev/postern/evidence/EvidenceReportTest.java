package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.MessageHash;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvidenceReportTest {

  @Test
  void drawsTheWayThroughSpfAndSaysWhatPassedAndWhy() {
    assertThat(EvidenceReport.of(EvidenceJsonTest.evidence()))
        .startsWith(
            """
            computed from the message with this SHA-256:
            abababababababababababababababababababababababababababababababab

            client 192.0.2.1
            |
            +- HELO mx.client.example
            |  `- a.example: a
            |     `- SPF pass (1 of 10 look-ups)
            |
            `- MAIL FROM kim@a.example
               `- a.example: ~all
                  `- SPF softfail (3 of 10 look-ups)

            SPF    softfail   a.example, would be aligned with From

            DKIM   pass       a.example, selector s1, rsa-sha256, 2048 bits
                              for @a.example
                              the domain is only testing this key (t=y)
                              signed at the time of the examination
                              aligned with From

            DKIM   fail       b.example, selector s2, ed25519-sha256, 256 bits
                              body changed \\u{1} \\u{1f600}
                              17 octets at the end are not signed (l=)
                              not aligned with From

            ARC    fail       hop 1: s.example, trusted, claims spf=pass
                              no answer

            DMARC  pass       From a.example
                              the record at a.example asks for reject
                              proved by DKIM of a.example

            signal reply-to-elsewhere: answers go to another organization than From names
                   replyTo c.example
            """)
        .contains(
            """

            DNS answers used:
              a.example TXT: NOERROR, 11 ms, TTL 300, authenticated
                  v=spf1 \\u{ff} ~all
              b.example A: no answer, SERVFAIL, 2000 ms
            """)
        .endsWith("evidence " + EvidenceJson.digest(EvidenceJsonTest.evidence()).hex() + "\n");
  }

  @Test
  void aSignalOfALaterVersionAndValuesThatAreEmptyAreNoTrouble() {
    List<Signal> signals =
        List.of(
            Signal.of("from-the-moon", Map.of("crater", "Tycho")),
            Signal.of("helo-elsewhere", Map.of("helo", "a.example", "names", "")));
    assertThat(EvidenceReport.of(EvidenceJsonTest.evidence().raising(signals)))
        .contains(
            """

            signal from-the-moon
                   crater Tycho

            signal helo-elsewhere: the name in HELO is not that of the client
                   helo a.example

            """);
  }

  @Test
  void noLineIsWiderThanATerminal() {
    String wide = "w".repeat(150) + ".example";
    Evidence plain = EvidenceJsonTest.evidence();
    Evidence evidence =
        new Evidence(
            new Origin.Computed(MessageHash.read(wide), wide, wide, wide),
            plain.at(),
            EvidenceJsonTest.evidence().spf(),
            deep(wide),
            plain.dkim(),
            plain.arc(),
            plain.dmarc(),
            plain.reported(),
            List.of(Signal.of(wide, Map.of(wide, wide + " " + wide))),
            plain.dns());

    assertThat(EvidenceReport.of(evidence).lines()).allMatch(line -> line.length() <= 80);
  }

  /** Includes as deep as ten look-ups allow. */
  private static SpfFinding deep(String name) {
    List<SpfTerm> path = Collections.nCopies(11, new SpfTerm(name, "include:" + name));
    return new SpfFinding(SpfResult.PASS, SpfFinding.Identity.HELO, name, path, 10, "", "", true);
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
