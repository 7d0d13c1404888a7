package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DMARC as the service sees it: whole messages, with whatever stands in From. */
class DmarcOfMessagesTest {
  private static final Map<String, Object> ZONE =
      Map.of(
          "firm.example", Map.of("TXT", "v=spf1 ip4:192.0.2.7 -all"),
          "_dmarc.firm.example", Map.of("TXT", "v=DMARC1; p=reject; sp=quarantine; np=reject"),
          "news.firm.example", Map.of("A", "192.0.2.8"),
          "xn--bcher-kva.example", Map.of("TXT", "v=spf1 ip4:192.0.2.7 -all"),
          "_dmarc.xn--bcher-kva.example", Map.of("TXT", "v=DMARC1; p=quarantine; t=y"));

  @Test
  void aSubdomainIsJudgedByTheRecordOfItsOrganization() {
    DmarcFinding found = dmarc("a@news.firm.example", "x@other.example");

    assertThat(found.result()).isEqualTo(DmarcResult.FAIL);
    assertThat(found.fromDomain()).isEqualTo("news.firm.example");
    assertThat(found.organizationalDomain()).isEqualTo("firm.example");
    assertThat(found.policyDomain()).isEqualTo("firm.example");
    assertThat(found.policy()).isEqualTo(DmarcPolicy.QUARANTINE);
    assertThat(found.disposition()).isEqualTo(DmarcPolicy.QUARANTINE);
  }

  @Test
  void aSubdomainThatDoesNotExistIsJudgedByNp() {
    assertThat(dmarc("a@gone.firm.example", "x@other.example").disposition())
        .isEqualTo(DmarcPolicy.REJECT);
  }

  @Test
  void whoAlignedIsMarkedAndNothingIsAskedOnAPass() {
    Evidence evidence = examine("a@news.firm.example", "x@firm.example");

    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.PASS);
    assertThat(evidence.dmarc().disposition()).isEqualTo(DmarcPolicy.NONE);
    assertThat(evidence.spf().aligned()).isTrue();
    assertThat(EvidenceReport.of(evidence)).contains("proved by SPF of firm.example");
  }

  @Test
  void anInternationalizedDomainIsFoundByItsALabels() {
    DmarcFinding passed = dmarc("a@bücher.example", "x@xn--bcher-kva.example");
    DmarcFinding failed = dmarc("a@BÜCHER.example", "x@firm.example");

    assertThat(passed.result()).isEqualTo(DmarcResult.PASS);
    assertThat(failed.result()).isEqualTo(DmarcResult.FAIL);
    assertThat(failed.fromDomain()).isEqualTo("xn--bcher-kva.example");
    assertThat(failed.policy()).isEqualTo(DmarcPolicy.QUARANTINE);
    assertThat(failed.testMode()).isTrue();
    assertThat(failed.disposition()).isEqualTo(DmarcPolicy.NONE);
  }

  @Test
  void severalAuthorsOfOneDomainAreJudgedTogether() {
    assertThat(dmarc("a@firm.example, b@FIRM.example", "x@firm.example").result())
        .isEqualTo(DmarcResult.PASS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a@firm.example, b@news.firm.example | the From field names mailboxes of 2 domains",
        "a@firm.example, b@evil.example      | the From field names mailboxes of 2 domains",
        "a@[192.0.2.7]                       | the From field names a mailbox that is no address",
        "a@firm..example                     | the From field names a mailbox that is no address",
        "undisclosed:;                       | the From field names no mailbox",
      })
  void aFromWithoutOneDomainIsAPermanentErrorThatSaysWhy(String from, String problem) {
    DmarcFinding found = dmarc(from, "x@firm.example");

    assertThat(found.result()).isEqualTo(DmarcResult.PERMERROR);
    assertThat(found.fromDomain()).isEmpty();
    assertThat(found.disposition()).isEqualTo(DmarcPolicy.NONE);
    assertThat(found.problem()).isEqualTo(problem);
  }

  @Test
  void theServerNameNeverProvesFrom() {
    Evidence evidence = examine("a@firm.example", "x@other.example");

    assertThat(evidence.helo().result()).isEqualTo(SpfResult.PASS);
    assertThat(evidence.helo().aligned()).isFalse();
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.FAIL);
  }

  private static DmarcFinding dmarc(String from, String mailFrom) {
    return examine(from, mailFrom).dmarc();
  }

  private static Evidence examine(String from, String mailFrom) {
    String message = "From: " + from + "\r\n\r\nHello.\r\n";
    Envelope envelope =
        new Envelope(
            EmailAddress.parse(mailFrom),
            List.of(new EmailAddress("info", new DomainName("corp.example"))),
            InetAddress.ofLiteral("192.0.2.7"),
            "firm.example");
    return new Examiner(ZoneDns.of(ZONE), Duration.ofSeconds(20), Home.unknown())
        .examine(
            envelope,
            RawMessage.of(message.getBytes(StandardCharsets.UTF_8)),
            Instant.ofEpochSecond(1_795_000_000L));
  }
}
