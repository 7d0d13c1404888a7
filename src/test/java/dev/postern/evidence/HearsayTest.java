package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HearsayTest {
  private static final Home HOME =
      new Home(Set.of("mx.firm.example"), Set.of(), Set.of(), Set.of(), List.of());
  private static final String OURS =
      """
      Authentication-Results: MX.firm.example;
       dmarc=fail (p=reject) reason="no policy; really" header.from=bank.example;
       dkim/7=pass header.d=bank.example; x-spam=excellent
      Received-SPF: softfail (x) receiver=mx.firm.example; envelope-from="x@bulk.example"
      """;
  private static final String TAKEN =
      """
      Received: from bulk.example (bulk.example [203.0.113.9])
       by mx.firm.example (Postfix) with ESMTP id 4711; Mon, 21 Sep 2026 14:13:20 +0000
      """;
  private static final String FORGED =
      "Authentication-Results: mx.firm.example; dmarc=pass header.from=bank.example; spf=pass\n";
  private static final String FROM = "From: ceo@bank.example\n";

  private static RawMessage message(String header) {
    String text = (header + "\nbody\n").replace("\n", "\r\n");
    return RawMessage.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Hearsay hear(String header, Home home) {
    return Hearsay.of(HeaderFields.of(message(header)), home);
  }

  @Test
  void resultsOfOurGatewaysAreReportedAsTheirWord() {
    assertThat(hear(OURS + TAKEN + FROM, HOME))
        .isEqualTo(
            new Hearsay(
                List.of(
                    new ReportedResult(
                        "mx.firm.example",
                        "dmarc",
                        "fail",
                        "no policy; really",
                        new TreeMap<>(Map.of("header.from", "bank.example"))),
                    new ReportedResult(
                        "mx.firm.example", "x-spam", "excellent", "", new TreeMap<>()),
                    new ReportedResult(
                        "mx.firm.example",
                        "spf",
                        "softfail",
                        "",
                        new TreeMap<>(Map.of("smtp.mailfrom", "x@bulk.example")))),
                List.of()));
  }

  @Test
  void aForgedFieldIsASignalAndNoResult() {
    assertThat(hear(TAKEN + FORGED + FROM, HOME))
        .isEqualTo(
            new Hearsay(
                List.of(),
                List.of(
                    Signal.of(
                        "forged-authentication-results",
                        Map.of(
                            "authserv-id", "mx.firm.example",
                            "field", "Authentication-Results",
                            "claims", "dmarc=pass spf=pass")))));
  }

  @Test
  void withoutGatewaysNothingIsReadAtAll() {
    assertThat(hear(OURS + TAKEN + FORGED + FROM, Home.unknown())).isEqualTo(Hearsay.NONE);
  }

  @Test
  void anyNumberOfForgedFieldsIsAFewSignals() {
    Hearsay alike = hear(TAKEN + FORGED.repeat(50_000) + FROM, HOME);
    StringBuilder different = new StringBuilder(TAKEN);
    for (int i = 0; i < 10_000; i++) {
      different.append(FORGED.replace("spf=pass", "x-" + i + "=pass"));
    }

    assertThat(alike.forgeries()).hasSize(1);
    assertThat(alike.reported()).isEmpty();
    assertThat(hear(different + FROM, HOME).forgeries()).hasSize(5);
  }

  @Test
  void whatIsReportedIsBounded() {
    String field =
        "Authentication-Results: mx.firm.example" + "; dkim=fail header.d=a".repeat(100) + "\n";
    String huge =
        "Authentication-Results: mx.firm.example; a=b c.d=" + "\u00e4".repeat(30_000) + "\n";

    assertThat(hear(field.repeat(30) + FROM, HOME).reported()).hasSize(100);
    assertThat(hear(huge + FROM, HOME).reported().getFirst().properties().get("c.d")).hasSize(300);
  }

  @Test
  void anExaminationHoldsBothAndNoResultOfOursDependsOnThem() {
    Evidence without = examine(FROM, HOME);
    Evidence with = examine(OURS + TAKEN + FORGED + FROM, HOME);

    assertThat(with.reported()).extracting(ReportedResult::method).contains("dmarc", "spf");
    assertThat(with.signals())
        .extracting(Signal::name)
        .containsExactly("forged-authentication-results");
    assertThat(with.dmarc()).isEqualTo(without.dmarc());
    assertThat(with.spf()).isEqualTo(without.spf());
    assertThat(EvidenceJson.read(EvidenceJson.write(with))).isEqualTo(with);
    assertThat(EvidenceReport.of(with))
        .contains(
            "\nWritten into the message by your gateways, not checked here:\n",
            "  dmarc=fail header.from=bank.example (no policy; really), says mx.firm.example\n");
  }

  private static Evidence examine(String header, Home home) {
    Envelope envelope =
        new Envelope(
            EmailAddress.parse("x@bulk.example"),
            List.of(new EmailAddress("info", new DomainName("firm.example"))),
            InetAddress.ofLiteral("203.0.113.9"),
            "bulk.example");
    return new Examiner(ZoneDns.of(Map.of()), Duration.ofSeconds(10), home)
        .examine(envelope, message(header), Instant.ofEpochSecond(1_790_000_000L));
  }
}
