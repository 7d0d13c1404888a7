package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.quarantine.Link;
import dev.postern.quarantine.Link.Login;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"off,OFF", "opportunistic,OPPORTUNISTIC", "required,REQUIRED", "implicit,IMPLICIT"})
  void tlsIsOneOfFour(String word, Tls tls) throws SettingsProblem {
    assertThat(links("mail.smtp.tls = " + word).out())
        .isEqualTo(new Link(Protocol.SMTP, tls, Optional.empty(), Optional.empty()));
  }

  @Test
  void aPasswordMayStandInAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "a word that opens\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(
            links(
                    "mail.smtp.tls = required\nmail.smtp.user = postern\nmail.smtp.password-file ="
                        + " password")
                .out()
                .login())
        .contains(new Login("postern", "a word that opens"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "opportunistic"})
  void P14_aPasswordForAServerThatProvesNothingIsRefused(String tls) {
    assertThat(
            complaint(
                "mail.smtp.next-hop = mail.firm.example",
                "mail.smtp.tls = " + tls,
                "mail.smtp.user = postern",
                "mail.smtp.password = opens"))
        .contains("set mail.smtp.tls to required or implicit", "postern.conf")
        .doesNotContain("opens");
  }

  @Test
  void aPasswordForThisHostNeedsNoTls() throws SettingsProblem {
    assertThat(
            links(
                    "mail.smtp.next-hop = \"127.0.0.1:10026\"\nmail.smtp.user = postern\n"
                        + "mail.smtp.password = opens")
                .out()
                .login())
        .isPresent();
  }

  @Test
  void whatNeedsAnotherSaysSo() {
    assertThat(complaint("mail.smtp.tls = required", "mail.smtp.user = postern"))
        .contains("mail.smtp.user needs mail.smtp.password");
    assertThat(complaint("mail.smtp.password = opens"))
        .contains("mail.smtp.password needs mail.smtp.user");
    assertThat(complaint("mail.smtp.certificate = own.pem"))
        .contains("mail.smtp.certificate needs mail.smtp.key");
    assertThat(complaint("mail.smtp.ca-file = ca.pem"))
        .contains("mail.smtp.ca-file does nothing unless mail.smtp.tls is required or implicit");
  }

  @Test
  void aKeyThatOthersCanReadStopsTheStart() throws IOException {
    Path key = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAA==\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(complaint("mail.smtp.certificate = own.pem", "mail.smtp.key-file = key.pem"))
        .contains("key.pem holds mail.smtp.key", "chmod 600");
  }

  private SmtpLinks links(String lines) throws SettingsProblem {
    return new AHome(folder).conf(lines + "\n").forTry().smtp().links();
  }

  private String complaint(String... lines) {
    return new AHome(folder).conf(String.join("\n", lines) + "\n").complaint();
  }
}
