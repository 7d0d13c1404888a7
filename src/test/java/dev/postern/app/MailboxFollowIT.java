package dev.postern.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.DovecotServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A real Dovecot and Postern as a process, set up by the lines of docs/mail/mailbox.md. */
final class MailboxFollowIT extends FollowStory {
  private static final String LETTER =
      """
      X-Envelope-From: <billing@shop.test>
      X-Envelope-To: <you@corp.test>
      Received: from shop.test (shop.test [192.0.2.50]) by filter.corp.test
      From: Shop <billing@shop.test>
      Subject: Your order

      Hello
      """
          .replace("\n", "\r\n");

  @Test
  void whatLiesInTheFolderIsAskedAboutAndMovedAsItWasDecided() throws Exception {
    try (DovecotServer dovecot = DovecotServer.start()) {
      Path maildir = dovecot.mailbox("quarantine@firm.example", "Released", "Discarded");
      dovecot.deliver(maildir, LETTER);
      follow(dovecot);
      String id = caseOf("billing");

      vote(id, "release", "");

      assertThat(done(id)).contains("moved to Released as");
      assertThat(postern.get("/readyz").body()).contains("mail quarantine: ok");
      endPostern();
      assertThat(in(maildir.resolve(".Released"))).containsExactly(LETTER);
      assertThat(in(maildir)).isEmpty();
    }
  }

  private void follow(DovecotServer dovecot) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), DovecotServer.PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    follow(
        DocumentedLines.of("mailbox.md")
                .linesFor("postern.conf")
                .replace("imap.firm.example:993", "127.0.0.1:" + dovecot.port())
                .replace("/etc/postern/mailbox.password", password.toString())
            + "mail.mailbox.tls = none\n");
  }

  private static List<String> in(Path maildir) throws IOException {
    try (Stream<Path> fresh = Files.list(maildir.resolve("new"));
        Stream<Path> seen = Files.list(maildir.resolve("cur"))) {
      return Stream.concat(fresh, seen)
          .map(
              file -> {
                try {
                  return Files.readString(file, ISO_8859_1);
                } catch (IOException unreadable) {
                  throw new AssertionError(unreadable);
                }
              })
          .toList();
    }
  }
}
