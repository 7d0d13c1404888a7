package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.quarantine.ScriptedNextHop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With stand-ins that print what the programs of Postfix print. */
class DoctorMailCommandTest {
  @TempDir private Path folder;

  private ATerminal terminal;

  @BeforeEach
  void install() throws IOException {
    terminal = new ATerminal(folder);
    program("postqueue", "");
    program("helper", "echo 'postern-postfix-helper 1 /etc/postfix'");
    postconf("yes");
    Files.createFile(folder.resolve("mail.log"));
    terminal.file(
        "postern.conf",
        """
        mail.postfix {
          name = mx1, helper = "%1$s/helper", programs = "%1$s", log = "%1$s/mail.log"
          reinject = "127.0.0.1:10027"
        }
        """
            .formatted(folder));
  }

  private void postconf(String longIds) throws IOException {
    program(
        "postconf",
        """
        case $1 in
          -P) echo '127.0.0.1:10027/inet/local_header_rewrite_clients = ' ;;
          *) printf '%%s\\n' %s 5d 5d 0 external ;;
        esac
        """
            .formatted(longIds));
  }

  private void program(String name, String lines) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void whereNothingIsWrongItExitsWithZero() {
    assertThat(terminal.run("doctor", "mail")).as(terminal.out() + terminal.err()).isZero();

    assertThat(terminal.out().lines()).hasSize(7).allMatch(line -> line.startsWith("well "));
  }

  @Test
  void whatIsWrongIsToldWithItsReasonAndItsMend() throws IOException {
    postconf("no");
    program("helper", "echo 'sudo: a password is required' >&2; exit 1");

    assertThat(terminal.run("doctor", "mail")).isEqualTo(1);

    assertThat(terminal.out())
        .contains("wrong    enable_long_queue_ids is off")
        .contains("         Why: Short ids may repeat")
        .contains("         Mend: postconf -e enable_long_queue_ids=yes")
        .contains("sudo: a password is required");
  }

  @Test
  void withoutAMailSystemItSaysWhatToSet() {
    terminal.file("postern.conf", "http.port = 1\n");

    assertThat(terminal.run("doctor", "mail")).isEqualTo(2);
    assertThat(terminal.err()).contains("mail.postfix.name, or that of another one (docs/mail)");
  }

  @Test
  void theWayOutIsTriedWithoutAMessage() throws IOException {
    try (ScriptedNextHop hop = new ScriptedNextHop()) {
      terminal.file("postern.conf", "mail.smtp.next-hop = \"127.0.0.1:" + hop.port() + "\"\n");
      assertThat(terminal.run("doctor", "mail")).as(terminal.out() + terminal.err()).isZero();
      assertThat(hop.commands()).contains("MAIL FROM:<>", "RSET").doesNotContain("DATA");

      hop.on("MAIL", "550 5.7.1 not from you");
      assertThat(terminal.run("doctor", "mail")).isEqualTo(1);
      assertThat(terminal.out()).contains("would not take mail: 550 5.7.1 not from you");
    }
  }

  @Test
  void aCanaryNeedsToBeToldWhereto() {
    assertThat(terminal.run("doctor", "mail", "--through", "127.0.0.1:25")).isEqualTo(2);
    assertThat(terminal.err()).contains("--canary-to must be an address: not said");
    assertThat(terminal.run("doctor", "mail", "--canary-to", "me@corp.test")).isEqualTo(2);
    assertThat(terminal.err()).contains("--through must be like 127.0.0.1:25: not said");
  }
}
