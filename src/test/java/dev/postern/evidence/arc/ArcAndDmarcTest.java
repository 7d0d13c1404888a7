package dev.postern.evidence.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceReport;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.evidence.dkim.TestSealer;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a chain may and may not do to other results. */
class ArcAndDmarcTest {
  private static final TestSealer LIST = TestSealer.of("lists.example");
  private static final ZoneDns ZONE =
      ZoneDns.of(
          Map.of(
              "lists.example",
              Map.of("TXT", "v=spf1 ip4:192.0.2.30 -all"),
              LIST.keyName(),
              Map.of("TXT", LIST.answer().data()),
              "_dmarc.bank.example",
              Map.of("TXT", "v=DMARC1; p=reject")));
  private static final String MESSAGE = "From: <anna@bank.example>\r\n\r\nHello.\r\n";

  @Test
  void aTrustedChainNeverOverridesDmarcByItself() {
    Evidence trusted = examine(Set.of(new DomainName("lists.example")));
    Evidence unknown = examine(Set.of());

    for (Evidence evidence : List.of(trusted, unknown)) {
      assertThat(evidence.arc().result()).isEqualTo(ArcResult.PASS);
      assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.FAIL);
      assertThat(evidence.dmarc().disposition()).isEqualTo(DmarcPolicy.REJECT);
    }
    assertThat(trusted.dmarc()).isEqualTo(unknown.dmarc());
    assertThat(trusted.arc().trusted()).isTrue();
    assertThat(unknown.arc().trusted()).isFalse();
  }

  @Test
  void theReportNamesEachSealerAndWhetherItIsTrusted() {
    assertThat(EvidenceReport.of(examine(Set.of(new DomainName("lists.example")))))
        .containsPattern("ARC +pass +hop 1: lists[.]example, trusted");
    assertThat(EvidenceReport.of(examine(Set.of())))
        .containsPattern("ARC +pass +hop 1: lists[.]example, not trusted");
  }

  private static Evidence examine(Set<DomainName> trustedSealers) {
    Home home = new Home(Set.of(), trustedSealers, Set.of(), Set.of(), List.of());
    Envelope envelope =
        new Envelope(
            EmailAddress.parse("bounce@lists.example"),
            List.of(new EmailAddress("info", new DomainName("firm.example"))),
            InetAddress.ofLiteral("192.0.2.30"),
            "lists.example");
    byte[] sealed = LIST.seal(MESSAGE.getBytes(StandardCharsets.ISO_8859_1));
    return new Examiner(ZONE, Duration.ofSeconds(20), home)
        .examine(envelope, RawMessage.of(sealed), Instant.ofEpochSecond(1_795_000_000L));
  }
}
