package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.Child;
import dev.postern.mailsystem.AmavisServer;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.exim.FrozenMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary at real mail systems, which hold it by the lines of their pages in docs/mail. */
class CanaryElsewhereIT {
  @TempDir Path folder;
  @TempDir Path own;

  private ATerminal terminal;

  @BeforeEach
  void start() {
    terminal = new ATerminal(folder);
  }

  private void assertHeldAndDeleted(String conf, int port, String source) {
    terminal.file("postern.conf", conf);
    int exit =
        terminal.run(
            "doctor", "mail", "--canary-to", "me@corp.example", "--through", "127.0.0.1:" + port);
    assertThat(terminal.out() + terminal.err())
        .contains("well     the canary was taken after ")
        .contains(source + " holds it as ")
        .contains("its octets are those that were sent")
        .contains("it was deleted after ");
    assertThat(exit).as(terminal.out() + terminal.err()).isNotEqualTo(2);
  }

  @Test
  void eximFreezesACanaryByTheLinesOfItsPage() {
    try (FrozenMail mail = FrozenMail.start(own)) {
      assertHeldAndDeleted(mail.posternConf(mail.helper()), mail.exim().port(), "exim");

      assertThat(mail.frozen()).isEmpty();
      assertThat(mail.nextHop().taken()).isEmpty();
    }
  }

  @Test
  void amavisQuarantinesACanaryByTheLinesOfItsPage() throws IOException {
    DocumentedLines page = DocumentedLines.of("amavis.md");
    int port = Programs.freePort();
    int requests = Programs.freePort();
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path hook =
        Files.writeString(own.resolve("postern-canary.conf"), page.linesFor("postern-canary.conf"));
    String lines =
        page.linesFor("amavisd.conf")
                .replace("10024", String.valueOf(port))
                .replace("9998", String.valueOf(requests))
            + "include_config_files('%s');\n".formatted(hook);
    try (AmavisServer amavis = AmavisServer.start(port, requests, lines)) {
      String conf =
          page.linesFor("postern.conf")
              .replace("9998", String.valueOf(requests))
              .replace("/var/lib/amavis/virusmails", amavis.quarantine().toString());

      assertHeldAndDeleted(conf, port, "amavis");

      assertThat(amavis.files()).isEmpty();
      assertThat(amavis.nextHop().taken()).isEmpty();
    }
  }

  /** A mailbox that Postfix delivers to by itself. */
  @Test
  void postfixSendsACanaryToTheQuarantineMailboxByTheLinesOfItsPage() throws IOException {
    DocumentedLines page = DocumentedLines.of("mailbox.md");
    Path maildir = own.resolve("Maildir");
    for (String box : List.of("", ".Released", ".Discarded")) {
      for (String part : List.of("new", "cur", "tmp")) {
        Files.createDirectories(maildir.resolve(box).resolve(part));
      }
    }
    Programs.run(List.of("/bin/chown", "-R", "nobody:nogroup", maildir.toString())).orFail();
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path checks = Files.writeString(own.resolve("header_checks"), page.linesFor("header_checks"));
    String main =
        """
        header_checks = regexp:%s
        virtual_mailbox_domains = firm.example
        virtual_mailbox_base = %s
        virtual_mailbox_maps = static:Maildir/
        virtual_uid_maps = static:%s
        virtual_gid_maps = static:%s
        virtual_minimum_uid = 1
        virtual_mailbox_limit = 0
        """
            .formatted(checks, own, id("-u"), id("-g"));
    String delivery = "virtual unix - n n - - virtual\n";
    try (PostfixServer postfix = PostfixServer.with().mainCf(main).masterCf(delivery).start()) {
      String conf =
          page.linesFor("maildir.conf").replace("/var/mail/quarantine/Maildir", maildir.toString());

      assertHeldAndDeleted(conf, postfix.port(), "quarantine");

      try (var left = Files.list(maildir.resolve("new"))) {
        assertThat(left).isEmpty();
      }
      assertThat(postfix.nextHop().taken()).isEmpty();
    }
  }

  private static String id(String which) {
    return Programs.run(List.of("/usr/bin/id", which, "nobody")).orFail().strip();
  }

  @Test
  void aCanaryFliesAtStartWhereThatIsSetAndReadyzSaysWhatBecameOfIt() throws Exception {
    try (FrozenMail mail = FrozenMail.start(own)) {
      terminal.file(
          "postern.conf",
          mail.posternConf(mail.helper())
              + "mail.canary { to = \"me@corp.example\", through = \"127.0.0.1:%d\" }\n"
                  .formatted(mail.exim().port()));
      try (Child postern =
          Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"))) {
        postern.await("/readyz", "canary: ok (held and let go at start)");
        assertThat(postern.get("/v1/cases?q=Postern+looks").body()).doesNotContain("\"state\"");
      }
      assertThat(mail.frozen()).isEmpty();
      assertThat(mail.nextHop().taken()).isEmpty();
    }
  }
}
