package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.dns.ZoneDns;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ten samples of {@code postern try}, examined as {@code try} examines them. */
class SamplesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  private static Examiner examiner;

  @BeforeAll
  static void readZone() throws IOException {
    try (InputStream zone = resource("zone.json")) {
      examiner =
          new Examiner(ZoneDns.read(zone), Duration.ofSeconds(20), Home.unknown())
              .with(new Signals(Home.unknown(), Acquaintance.withEverybody()));
    }
  }

  static Stream<JsonNode> samples() throws IOException {
    try (InputStream index = resource("index.json")) {
      JsonNode list = new ObjectMapper().readTree(index);
      return StreamSupport.stream(list.spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isJudgedAsItsIndexSays(JsonNode sample) throws IOException {
    Evidence evidence = examine(sample);

    JsonNode expect = sample.path("expect");
    assertThat(evidence.spf().result().word())
        .as("%s", evidence.spf())
        .isEqualTo(expect.path("spf").asText());
    assertThat(evidence.dkim().stream().findFirst().map(d -> d.result().word()).orElse("none"))
        .as("%s", evidence.dkim())
        .isEqualTo(expect.path("dkim").asText());
    assertThat(evidence.dmarc().result().word())
        .as("%s", evidence.dmarc())
        .isEqualTo(expect.path("dmarc").asText());
    assertThat(evidence.uncertain()).isFalse();
  }

  @Test
  void theSpoofedBankAsksForRejection() throws IOException {
    assertThat(examine(sample("02-bank-spoof.eml")).dmarc().disposition())
        .isEqualTo(DmarcPolicy.REJECT);
  }

  @Test
  void theNewsletterIsAlignedByNothing() throws IOException {
    Evidence newsletter = examine(sample("06-newsletter.eml"));

    assertThat(newsletter.spf().aligned()).isFalse();
    assertThat(newsletter.dkim()).noneMatch(DkimFinding::aligned);
    assertThat(newsletter.dmarc().disposition()).isEqualTo(DmarcPolicy.QUARANTINE);
  }

  @Test
  void theChangedReminderSaysWhatChanged() throws IOException {
    DkimFinding changed = examine(sample("05-tampered-invoice-note.eml")).dkim().getFirst();

    assertThat(changed.result()).isEqualTo(DkimResult.FAIL);
    assertThat(changed.reason()).isEqualTo("body changed after signing");
  }

  @Test
  void theTicketIsSignedWithEd25519() throws IOException {
    assertThat(examine(sample("09-ticket-ed25519.eml")).dkim())
        .extracting(DkimFinding::algorithm)
        .containsExactly("ed25519-sha256");
  }

  @Test
  void aDomainInUtf8IsJudgedByItsALabels() throws IOException {
    assertThat(examine(sample("10-utf8-headers.eml")).dmarc().fromDomain())
        .isEqualTo("xn--bcher-kva.example");
  }

  @Test
  void theInvoiceCarriesAPdfUnderItsFullName() throws IOException {
    MessageSummary invoice = MessageReader.summarise(message(sample("07-invoice-attachment.eml")));

    assertThat(invoice.attachments())
        .singleElement()
        .satisfies(
            pdf -> {
              assertThat(pdf.name()).isEqualTo("NW-2026-1188 Frachten €.pdf");
              assertThat(pdf.type()).isEqualTo("application/pdf");
              assertThat(pdf.size()).isBetween(500L, 2_000L);
            });
  }

  @Test
  void namesInUtf8AreReadAsTheyStand() throws IOException {
    MessageSummary books = MessageReader.summarise(message(sample("10-utf8-headers.eml")));

    assertThat(books.fromName()).isEqualTo("Jürgen Groß");
    assertThat(books.subject())
        .isEqualTo("Bestellte Bücher liegen bereit – „Brot & Salz“ (2 Stück)");
  }

  @Test
  void theLookalikeAsksForAnswersElsewhere() throws IOException {
    MessageSummary lookalike =
        MessageReader.summarise(message(sample("03-lookalike-bank-details.eml")));

    assertThat(lookalike.from()).isEqualTo("anna.keller@xn--brightwter-supplies-wop.example");
    assertThat(lookalike.replyTo()).isEqualTo("brightwater.orders@freemail.example");
    assertThat(lookalike.linkHosts()).containsExactly("portal.xn--brightwter-supplies-wop.example");
  }

  @Test
  void noSampleExpiresInTenYears() throws IOException {
    for (JsonNode sample : samples().toList()) {
      Evidence later =
          examiner.examine(envelope(sample), message(sample), NOW.plus(Duration.ofDays(3650)));
      assertThat(later.dkim()).isEqualTo(examine(sample).dkim());
    }
  }

  private static Evidence examine(JsonNode sample) throws IOException {
    return examiner.examine(envelope(sample), message(sample), NOW);
  }

  private static Envelope envelope(JsonNode sample) {
    List<EmailAddress> recipients =
        StreamSupport.stream(sample.path("recipients").spliterator(), false)
            .map(it -> EmailAddress.parse(it.asText()).orElseThrow())
            .toList();
    return new Envelope(
        EmailAddress.parse(sample.path("mailFrom").asText()),
        recipients,
        InetAddress.ofLiteral(sample.path("clientIp").asText()),
        sample.path("helo").asText());
  }

  private static RawMessage message(JsonNode sample) throws IOException {
    try (InputStream file = resource(sample.path("file").asText())) {
      return RawMessage.of(file.readAllBytes());
    }
  }

  private static JsonNode sample(String file) throws IOException {
    return samples().filter(s -> s.path("file").asText().equals(file)).findFirst().orElseThrow();
  }

  private static InputStream resource(String file) {
    return Objects.requireNonNull(SamplesTest.class.getResourceAsStream("/samples/" + file), file);
  }
}
