package dev.postern.quarantine;

import static dev.postern.quarantine.Shipments.ANN;
import static dev.postern.quarantine.Shipments.MAIL;
import static dev.postern.quarantine.Shipments.kinds;
import static dev.postern.quarantine.Shipments.send;
import static dev.postern.quarantine.Shipments.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.quarantine.Link.Login;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH at the next hop, on loopback, where it needs no TLS. */
class NextHopLoginTest {
  private static final String SECRET = "correct horse battery";
  private static final String PLAIN = "AUTH PLAIN " + base64("\0postern\0" + SECRET);

  @SuppressWarnings("NullAway.Init")
  private ScriptedNextHop hop;

  @BeforeEach
  void start() throws IOException {
    hop = new ScriptedNextHop();
    hop.on("EHLO", "250-next.example\r\n250-8BITMIME\r\n250 AUTH LOGIN PLAIN")
        .on("AUTH", "535 5.7.8 Error: authentication failed")
        .on(PLAIN, "235 2.7.0 Authentication successful");
  }

  @AfterEach
  void stop() throws IOException {
    hop.close();
  }

  @Test
  void plainIsSaidInOneLineBeforeTheMessage() {
    assertThat(kinds(send(settings(), MAIL, ANN))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.commands())
        .startsWith("EHLO postern.example", PLAIN, "MAIL FROM:<sender@supplier.example>");
  }

  @Test
  void loginIsAnsweredLineByLineWhereThereIsNothingElse() {
    hop.on("EHLO", "250-next.example\r\n250 AUTH=LOGIN")
        .on("AUTH LOGIN", "334 VXNlcm5hbWU6")
        .on(base64("postern"), "334 UGFzc3dvcmQ6")
        .on(base64(SECRET), "235 2.7.0 in");
    assertThat(kinds(send(settings(), MAIL, ANN))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
  }

  @Test
  void aPasswordThatIsRefusedIsMendedAndLosesNoMail() {
    Outcome outcome = send(settings("wrong"), MAIL, ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(words(outcome)).contains("535 5.7.8 Error: authentication failed");
    assertThat(hop.commands()).noneMatch(line -> line.startsWith("MAIL"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"250 next.example", "250-next.example\r\n250 AUTH CRAM-MD5 GSSAPI"})
  void aServerThatAsksForAnotherProofGetsNothing(String hello) {
    hop.on("EHLO", hello);
    Outcome outcome = send(settings(), MAIL, ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(words(outcome)).contains("neither AUTH PLAIN nor AUTH LOGIN");
    assertThat(hop.commands()).containsExactly("EHLO postern.example", "QUIT");
  }

  @Test
  void P14_aServerThatRepeatsThePasswordIsNotQuoted() {
    hop.on(PLAIN, "535 5.7.8 not " + base64("\0postern\0" + SECRET));
    assertThat(words(send(settings(), MAIL, ANN))).contains("535").doesNotContain("5.7.8");
    hop.on(PLAIN, "535 5.7.8 not " + SECRET);
    assertThat(words(send(settings(), MAIL, ANN))).contains("535").doesNotContain(SECRET);
    assertThat(settings().toString()).doesNotContain(SECRET);
  }

  private NextHopSettings settings() {
    return settings(SECRET);
  }

  private NextHopSettings settings(String secret) {
    return hop.settings()
        .by(
            new Link(
                Protocol.SMTP,
                Tls.OFF,
                Optional.empty(),
                Optional.of(new Login("postern", secret))));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
