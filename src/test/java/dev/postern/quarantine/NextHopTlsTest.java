package dev.postern.quarantine;

import static dev.postern.quarantine.Shipments.ANN;
import static dev.postern.quarantine.Shipments.MAIL;
import static dev.postern.quarantine.Shipments.kinds;
import static dev.postern.quarantine.Shipments.send;
import static dev.postern.quarantine.Shipments.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mailsystem.TestServerCertificate;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way out through TLS: who must prove a name, and what is never said in clear text. */
class NextHopTlsTest {
  private static final TestServerCertificate OURS = TestServerCertificate.forLoopback();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private ScriptedNextHop hop;

  @BeforeEach
  void start() throws IOException {
    hop = new ScriptedNextHop();
  }

  @AfterEach
  void stop() throws IOException {
    hop.close();
  }

  @Test
  void requiredTlsCarriesEverythingBehindStarttls() throws IOException {
    hop.withTls(OURS.server());

    assertThat(kinds(send(hop(Tls.REQUIRED, OURS), MAIL, ANN)))
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);

    assertThat(hop.inTheClear()).containsExactly("EHLO postern.example", "STARTTLS");
    assertThat(hop.commands())
        .startsWith("EHLO postern.example", "STARTTLS", "EHLO postern.example");
    assertThat(hop.messages()).singleElement().isEqualTo(MAIL.octets());
  }

  @Test
  void implicitTlsSaysNothingInTheClear() throws IOException {
    hop.withTlsAtOnce(OURS.server());

    assertThat(kinds(send(hop(Tls.IMPLICIT, OURS), MAIL, ANN)))
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);

    assertThat(hop.inTheClear()).isEmpty();
  }

  @Test
  void whatWasOfferedInTheClearDoesNotCountAfterwards() throws IOException {
    hop.withTls(OURS.server())
        .on("EHLO", "250-next.example\r\n250-STARTTLS\r\n250 SIZE 5")
        .onEncrypted("EHLO", "250-next.example\r\n250 SIZE 5000");

    assertThat(kinds(send(hop(Tls.REQUIRED, OURS), MAIL, ANN)))
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.commands()).contains("MAIL FROM:<sender@supplier.example> SIZE=22");
  }

  @Test
  void aServerThatDoesNotOfferRequiredTlsGetsNothing() throws IOException {
    Outcome outcome = send(hop(Tls.REQUIRED, OURS), MAIL, ANN);

    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(words(outcome)).contains("does not offer STARTTLS");
    assertThat(hop.commands()).containsExactly("EHLO postern.example", "QUIT");
  }

  @Test
  void aStarttlsThatIsRefusedLeavesNoMailInTheClearWhereRequired() throws IOException {
    hop.withTls(OURS.server()).on("STARTTLS", "454 4.7.0 TLS not available");

    Outcome outcome = send(hop(Tls.REQUIRED, OURS), MAIL, ANN);

    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(words(outcome)).isEqualTo("454 4.7.0 TLS not available");
    assertThat(hop.commands()).noneMatch(line -> line.startsWith("MAIL"));
  }

  @Test
  void aCertificateOfSomebodyElseIsNoProof() throws IOException {
    hop.withTls(OURS.server());
    refused(hop(Tls.REQUIRED, TestServerCertificate.forLoopback()));
  }

  @Test
  void aCertificateForAnotherNameIsNoProof() throws IOException {
    TestServerCertificate other = TestServerCertificate.forName("mail.corp.example");
    hop.withTls(other.server());
    refused(hop(Tls.REQUIRED, other));
  }

  @Test
  void aCertificateThatHasExpiredIsNoProof() throws IOException {
    TestServerCertificate old = TestServerCertificate.expired();
    hop.withTls(old.server());
    refused(hop(Tls.REQUIRED, old));
  }

  @Test
  void withoutOwnAuthoritiesThoseOfTheSystemCount() {
    hop.withTls(OURS.server());
    refused(hop.settings().by(link(Tls.REQUIRED, Optional.empty())));
  }

  @ParameterizedTest
  @EnumSource(
      value = Tls.class,
      names = {"REQUIRED", "OPPORTUNISTIC"})
  void wordsThatCameBeforeTlsAreTakenForInjected(Tls tls) throws IOException {
    hop.withTls(OURS.server()).on("STARTTLS", "220 2.0.0 Ready\r\n250 injected");

    Outcome outcome = send(hop(tls, OURS), MAIL, ANN);

    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(hop.commands()).noneMatch(line -> line.startsWith("MAIL"));
  }

  @Test
  void opportunisticTlsAsksForNoProof() {
    hop.withTls(TestServerCertificate.expired().server());

    assertThat(kinds(send(opportunistic(), MAIL, ANN))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.inTheClear()).containsExactly("EHLO postern.example", "STARTTLS");
  }

  @Test
  void opportunisticTlsDoesWithoutWhereThereIsNone() {
    assertThat(kinds(send(opportunistic(), MAIL, ANN))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    hop.withTls(OURS.server()).on("STARTTLS", "454 4.7.0 TLS not available");
    assertThat(kinds(send(opportunistic(), MAIL, ANN))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.messages()).hasSize(2);
  }

  @Test
  void aHandshakeThatFailsIsTriedInTheClearOnlyWhereTlsIsOpportunistic() throws IOException {
    hop.withTls(withoutCertificate());

    assertThat(kinds(send(opportunistic(), MAIL, ANN))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.messages()).hasSize(1);

    refused(hop(Tls.REQUIRED, OURS));
    assertThat(hop.messages()).hasSize(1);
  }

  @Test
  void P9_thatTlsIsMissingIsNoVerdictOnTheMessage() {
    hop.withTls(OURS.server())
        .on("STARTTLS", "454 4.7.0 TLS not available due to local problem")
        .on("MAIL", "530 5.7.0 Must issue a STARTTLS command first");

    assertThat(kinds(send(opportunistic(), MAIL, ANN))).containsExactly(Kind.TEMP_FAIL);
  }

  @Test
  void P16_aHandshakeThatHangsAndWhatFollowsShareOneTime() {
    hop.on("EHLO", "250-hop.example\r\n250 STARTTLS").on("STARTTLS", "220 2.0.0 Ready");
    NextHopSettings it = opportunistic();
    NextHopSettings.Timing timing = it.timing();
    NextHopSettings hurried =
        new NextHopSettings(
            it.host(),
            it.port(),
            it.helo(),
            it.loopMark(),
            new NextHopSettings.Timing(
                timing.connect(), timing.reply(), timing.afterDot(), Duration.ofMillis(500)),
            it.link());

    assertThat(kinds(send(hurried, MAIL, ANN))).containsExactly(Kind.TEMP_FAIL);

    assertThat(hop.commands()).noneMatch(line -> line.startsWith("MAIL"));
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    NextHopSettings settings = hop.settings().by(link(Tls.REQUIRED, Optional.of(file)));
    assertThatThrownBy(() -> new SmtpNextHop(settings)).hasMessageContaining(file.toString());
  }

  /** A server with which nobody can agree on TLS. */
  private static SSLContext withoutCertificate() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], null, null);
      return context;
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  private void refused(NextHopSettings settings) {
    Outcome outcome = send(settings, MAIL, ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(words(outcome)).contains("127.0.0.1:" + hop.port(), "TLS failed");
    assertThat(hop.inTheClear()).endsWith("EHLO postern.example", "STARTTLS");
  }

  private NextHopSettings opportunistic() {
    return hop.settings().by(link(Tls.OPPORTUNISTIC, Optional.empty()));
  }

  private NextHopSettings hop(Tls tls, TestServerCertificate trusted) throws IOException {
    return hop.settings().by(link(tls, Optional.of(trusted.certificateIn(folder))));
  }

  private static Link link(Tls tls, Optional<Path> authorities) {
    return new Link(Protocol.SMTP, tls, authorities, Optional.empty());
  }
}
