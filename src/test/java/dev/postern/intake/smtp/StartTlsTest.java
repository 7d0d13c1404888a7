package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.limits;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.intake.SmtpReply;
import dev.postern.intake.smtp.Offering.Protocol;
import dev.postern.mail.Envelope;
import dev.postern.mailsystem.TestServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS at the entrance (RFC 3207), with a certificate that was read from files. */
class StartTlsTest {
  private static final byte[] MAIL = "Subject: hi\r\n\r\nHello\r\n".getBytes(US_ASCII);
  private static final TestServerCertificate OURS = TestServerCertificate.forLoopback();

  private final List<Envelope> taken = new CopyOnWriteArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private SmtpListener listener;

  @SuppressWarnings("NullAway.Init")
  private RawSmtpClient client;

  @BeforeEach
  void start() throws IOException {
    Offering offering =
        new Offering(
            Protocol.SMTP,
            Optional.of(ServerKey.read(OURS.certificateIn(folder), OURS.keyPem())),
            () -> true);
    listener =
        listener(
            settings(offering, limits()),
            (envelope, _) -> {
              taken.add(envelope);
              return new SmtpReply(250, "2.0.0 Ok");
            });
    client = client(listener);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    listener.close();
  }

  @Test
  void mailComesInEncrypted() throws IOException {
    assertThat(client.sayAll("EHLO client.example")).contains("250-STARTTLS", "250-DSN");
    assertThat(client.say("STARTTLS")).startsWith("220");
    client.encrypt(OURS.client());

    assertThat(client.sayAll("EHLO client.example")).doesNotContain("250-STARTTLS");
    assertThat(client.say("STARTTLS")).startsWith("503");
    assertThat(client.begin("a@b.example", "c@d.example").data(MAIL)).startsWith("250");
    assertThat(taken).singleElement().satisfies(it -> assertThat(it.helo()).contains("client"));
  }

  @Test
  void whatWasSaidInTheClearDoesNotCount() throws IOException {
    client.say("EHLO client.example");
    client.say("XFORWARD ADDR=192.0.2.7 HELO=somebody.example");
    client.say("MAIL FROM:<a@b.example>");
    client.say("RCPT TO:<c@d.example>");
    assertThat(client.say("STARTTLS")).startsWith("220");
    client.encrypt(OURS.client());

    assertThat(client.say("DATA")).startsWith("503");
    assertThat(client.begin("a@b.example", "c@d.example").data(MAIL)).startsWith("250");
    assertThat(taken)
        .singleElement()
        .satisfies(it -> assertThat(it.clientIp().isLoopbackAddress()).isTrue());
  }

  @Test
  void commandsThatWereInjectedBehindItEndTheConnection() throws IOException {
    client.say("EHLO client.example");
    client.write("STARTTLS\r\nMAIL FROM:<a@b.example>\r\n");
    assertThat(client.rest()).startsWith("554 5.5.1 ").doesNotContain("220", "250");
  }

  @Test
  void aHandshakeThatIsNoneEndsTheConnectionAndNothingElse() throws IOException {
    client.say("EHLO client.example");
    assertThat(client.say("STARTTLS")).startsWith("220");
    client.write("MAIL FROM:<a@b.example>\r\n");
    assertThat(client.rest()).doesNotContain("250");
    try (RawSmtpClient other = client(listener)) {
      assertThat(other.say("NOOP")).startsWith("250");
    }
  }

  @Test
  void aKeyOfAnotherCertificateOfTheSameKindIsRefusedAtTheStart() throws IOException {
    Path chain = OURS.certificateIn(folder);
    String another = TestServerCertificate.forLoopback().keyPem();
    assertThatThrownBy(() -> ServerKey.read(chain, another))
        .hasMessageContaining("not that of the first certificate");
  }

  @Test
  void aKeyThatIsNoneIsNotQuoted() throws IOException {
    Path chain = OURS.certificateIn(folder);
    assertThatThrownBy(() -> ServerKey.read(chain, "my secret"))
        .hasMessageContaining("openssl pkcs8")
        .hasMessageNotContaining("my secret");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    assertThatThrownBy(() -> ServerKey.read(empty, OURS.keyPem()))
        .hasMessageContaining(empty.toString());
    assertThatThrownBy(() -> ServerKey.read(folder.resolve("absent.pem"), OURS.keyPem()))
        .hasMessageContaining("absent.pem");
  }
}
