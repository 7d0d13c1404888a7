package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mailsystem.DocumentedLines;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.mailbox.MailboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxReaderTest {
  private static final DocumentedLines PAGE = DocumentedLines.of("mailbox.md");

  @TempDir Path folder;

  private MailboxSettings read(String conf) throws SettingsProblem {
    return new AHome(folder).conf(conf).forTry().mail().mailbox().orElseThrow();
  }

  @Test
  void theLinesOfThePageFollowAnImapServerByTls() throws IOException, SettingsProblem {
    Path password = Files.writeString(folder.resolve("password"), "opensesame\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    String lines =
        PAGE.linesFor("postern.conf").replace("/etc/postern/mailbox.password", password.toString());

    MailboxSettings settings = read(lines + PAGE.linesFor("reinject.conf"));

    assertThat(settings.place())
        .isEqualTo(
            new MailboxSettings.Imap(
                "imap.firm.example",
                993,
                MailboxSettings.Tls.IMPLICIT,
                new HttpTrust.Usual(),
                "quarantine@firm.example",
                "opensesame"));
    assertThat(settings.toString()).doesNotContain("opensesame");
    assertThat(settings.folders().released()).isEqualTo("Released");
    assertThat(settings.reinject()).isPresent();
  }

  @Test
  void theLinesOfThePageFollowAMaildir() throws SettingsProblem {
    assertThat(read(PAGE.linesFor("maildir.conf")).place())
        .isEqualTo(new MailboxSettings.Maildir(Path.of("/var/mail/quarantine/Maildir")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "mail.mailbox.user = x | mail.mailbox.user does nothing without mail.mailbox.name",
        "mail.mailbox.name = q | needs either mail.mailbox.imap or mail.mailbox.maildir",
        "mail.mailbox { name = smtp, maildir = m } | the name smtp is Postern's own",
        "mail.mailbox { name = q, maildir = m, released = INBOX } | must be another folder",
        "mail.mailbox { name = q, maildir = m, released = a/b } | no / in a Maildir",
        "mail.mailbox { name = q, imap = h.test } | needs mail.mailbox.user",
        "mail.mailbox { name = q, imap = h.test, user = u, password = p, tls = none } | loopback",
      })
  void whatCannotBeIsRefused(String conf, String complaint) {
    assertThat(new AHome(folder).conf(conf + "\n").complaint()).contains(complaint);
  }
}
