package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.Child;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.postfix.HeldMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code postern doctor mail} with a canary and a real Postfix, set up by the lines of
 * docs/mail/postfix.md.
 */
class CanaryIT {
  @TempDir Path folder;
  @TempDir Path postfixFolder;

  private HeldMail mail;
  private ATerminal terminal;

  @BeforeEach
  void start() {
    mail = HeldMail.start(postfixFolder);
    terminal = new ATerminal(folder);
  }

  @AfterEach
  void stop() {
    mail.close();
  }

  private int doctor(String more) {
    terminal.file("postern.conf", mail.posternConf(mail.helper()) + more);
    return terminal.run(
        "doctor",
        "mail",
        "--canary-to",
        "me@corp.test",
        "--through",
        "127.0.0.1:" + mail.postfix().port());
  }

  @Test
  void aCanaryIsHeldSeenAndDeletedAndReachesNobody() {
    assertThat(doctor("")).as(terminal.out() + terminal.err()).isZero();

    assertThat(terminal.out())
        .contains("well     the next hop 127.0.0.1:" + mail.nextHopPort() + " would take mail")
        .contains("well     the canary was taken after ")
        .contains("well     postfix holds it as ")
        .contains("well     its octets are those that were sent")
        .contains("well     it was deleted after ");
    assertThat(mail.onHold()).isEmpty();
    assertThat(mail.nextHop().taken()).isEmpty();
  }

  /** Other mail that has the field is not deleted: the mark proves nothing. */
  @Test
  void mailThatForgesTheMarkStaysOnHold() throws IOException {
    String before =
        mail.hold("X-Postern-Canary: 0123\r\n\r\nforged\r\n", "a@x.test", "b@corp.test");

    assertThat(doctor("")).as(terminal.out() + terminal.err()).isZero();

    assertThat(mail.onHold()).containsExactly(before);
  }

  @Test
  void whereNothingHoldsItThatIsSaid() throws IOException {
    Files.writeString(postfixFolder.resolve("header_checks"), "/^X-Test: hold/ HOLD try\n");

    assertThat(doctor("")).isEqualTo(1);

    assertThat(terminal.out())
        .contains("wrong    nobody held the canary within 15 s")
        .contains("X-Postern-Canary");
    assertThat(mail.nextHop().taken())
        .extracting(NextHopServer.Taken::recipients)
        .singleElement()
        .asString()
        .contains("me@corp.test");
  }

  /** Postern's milter has Postfix hold it, and no card appears. */
  @Test
  void aCanaryIsHeldByTheMilterWithoutACase() throws Exception {
    int port = Programs.freePort();
    String milter = "mail.milter { listen = \"127.0.0.1:%d\" }\n".formatted(port);
    Files.writeString(postfixFolder.resolve("header_checks"), "/^X-Test: hold/ HOLD try\n");
    mail.postfix().command("postconf", "-e", "smtpd_milters = inet:127.0.0.1:" + port).orFail();
    mail.postfix().stop();
    mail.postfix().start();
    terminal.file("postern.conf", mail.posternConf(mail.helper()) + milter);
    try (Child postern = Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"))) {
      assertThat(doctor(milter)).as(terminal.out() + terminal.err()).isZero();

      assertThat(terminal.out()).contains("well     it was deleted after ");
      assertThat(postern.get("/v1/cases?q=Postern+looks").body()).doesNotContain("\"state\"");
      assertThat(postern.get("/metrics").body()).contains("verdict=\"canary\"");
    }
    assertThat(mail.onHold()).isEmpty();
  }
}
