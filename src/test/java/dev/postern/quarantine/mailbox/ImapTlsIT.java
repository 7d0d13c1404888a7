package dev.postern.quarantine.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.Hold;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import dev.postern.mailsystem.DovecotServer;
import dev.postern.mailsystem.TestServerCertificate;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.mailbox.MailboxSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Dovecot that wants TLS, with a certificate that was made for this run. */
class ImapTlsIT {
  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static DovecotServer dovecot;

  @SuppressWarnings("NullAway.Init")
  private static HttpTrust own;

  @BeforeAll
  static void start() throws IOException {
    TestServerCertificate certificate = TestServerCertificate.forLoopback();
    own = new HttpTrust.Authorities(certificate.certificateIn(folder));
    dovecot = DovecotServer.showing(certificate);
    dovecot.deliver(
        dovecot.mailbox("quarantine", "Released", "Discarded"), Quarantined.to("a@corp.example"));
  }

  @AfterAll
  static void stop() {
    if (dovecot != null) {
      dovecot.close();
    }
  }

  private static MailboxParts at(DovecotServer server, Tls tls, HttpTrust trust) {
    int port = tls == Tls.IMPLICIT ? server.tlsPort() : server.port();
    MailboxSettings.Place place =
        new MailboxSettings.Imap(
            "localhost", port, tls, trust, "quarantine", DovecotServer.PASSWORD);
    return new MailboxParts(Quarantined.settings(place, Optional.empty(), 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "STARTTLS"})
  void aServerOfAnAuthorityThatIsSetIsTalkedTo(Tls tls) {
    MailboxParts parts = at(dovecot, tls, own);

    MailboxHoldings holdings = new MailboxHoldings(parts);
    Hold hold = holdings.fetch(holdings.held().getFirst()).orElseThrow();

    assertThat(hold.envelope().recipients()).hasToString("[a@corp.example]");
    assertThat(parts.look()).allMatch(it -> it.grade() == Finding.Grade.WELL);
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "STARTTLS"})
  void aServerOfAnUnknownAuthorityIsRefusedInWordsThatSayWhatToSet(Tls tls) {
    MailboxHoldings holdings = new MailboxHoldings(at(dovecot, tls, new HttpTrust.Usual()));

    assertThatThrownBy(holdings::held)
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("its certificate is not believed")
        .hasMessageContaining("mail.mailbox.ca-file");
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "STARTTLS"})
  void aServerWithTheCertificateOfAnotherIsRefused(Tls tls) throws IOException {
    TestServerCertificate another = TestServerCertificate.forName("mail.other.example");
    Path authority = another.certificateIn(Files.createDirectory(folder.resolve(tls.name())));
    try (DovecotServer server = DovecotServer.showing(another)) {
      MailboxParts parts = at(server, tls, new HttpTrust.Authorities(authority));
      MailboxHoldings holdings = new MailboxHoldings(parts);

      assertThatThrownBy(holdings::held)
          .isInstanceOf(MailSystemTrouble.class)
          .hasMessageContaining("its certificate is not believed")
          .hasMessageContaining("mail.mailbox.imap must be a name in it");
    }
  }

  @Test
  void anAuthorityThatCannotBeReadIsNamed() {
    HttpTrust missing = new HttpTrust.Authorities(folder.resolve("nowhere.pem"));
    MailboxHoldings holdings = new MailboxHoldings(at(dovecot, Tls.IMPLICIT, missing));

    assertThatThrownBy(holdings::held)
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("mail.mailbox.ca-file cannot be read");
  }
}
