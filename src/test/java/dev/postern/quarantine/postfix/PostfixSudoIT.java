package dev.postern.quarantine.postfix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plain user, the line for sudo of the documentation, and the helper as it is shipped. What would
 * be installed on the machine is only seen within a mount namespace of the test.
 */
class PostfixSudoIT {
  private static final DocumentedLines PAGE = DocumentedLines.of("postfix.md");
  private static final String HELPER = "/usr/local/sbin/postern-postfix-helper";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static PostfixServer postfix;

  /** Runs something as the user whom the documentation calls postern. */
  @SuppressWarnings("NullAway.Init")
  private static Path asPostern;

  /** Runs something as somebody else. */
  @SuppressWarnings("NullAway.Init")
  private static Path asDaemon;

  @BeforeAll
  static void start() throws IOException {
    DebianPackage.needed("sudo", "/usr/bin/sudo");
    DebianPackage.rootNeeded();
    boolean namespaces = Programs.run(List.of("/usr/bin/unshare", "-m", "true")).exit() == 0;
    if (!namespaces) {
      System.out.println("SKIPPED: no mount namespaces here, so nothing is tried with sudo");
    }
    Assumptions.assumeTrue(namespaces, "SKIPPED: no mount namespaces here");
    open(folder);
    Path sbin = open(Files.createDirectory(folder.resolve("sbin")));
    HelperScript.in(sbin, "config=/etc/postfix\n");
    Path sudoers = open(Files.createDirectory(folder.resolve("sudoers.d")));
    Path line =
        Files.writeString(
            sudoers.resolve("postern"),
            PAGE.linesFor("sudoers").replaceFirst("^postern", "nobody"));
    Files.setPosixFilePermissions(line, PosixFilePermissions.fromString("r--r-----"));
    postfix =
        PostfixServer.with()
            .mainCf(HeldMail.mainCf(folder).replace(", postern", ", nobody"))
            .holdingAll()
            .start();
    asPostern = as("nobody", sbin, sudoers);
    asDaemon = as("daemon", sbin, sudoers);
  }

  @AfterAll
  static void stop() {
    Stream.ofNullable(postfix).forEach(PostfixServer::close);
  }

  private static Path open(Path of) throws IOException {
    return Files.setPosixFilePermissions(of, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path as(String user, Path sbin, Path sudoers) throws IOException {
    Path script = folder.resolve("as-" + user);
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec /usr/bin/unshare -m /bin/sh -c '
          mount --bind %s /usr/local/sbin &&
          mount --bind %s /etc/sudoers.d &&
          mount --bind %s /etc/postfix &&
          exec setpriv --reuid=%s --regid=nogroup --clear-groups "$@"' sh "$@"
        """
            .formatted(sbin, sudoers, postfix.config(), user));
    return open(script);
  }

  private static Program program(Path as, String... command) {
    return new Program(
        Stream.concat(Stream.of(as.toString()), Stream.of(command)).toList(),
        Duration.ofSeconds(30));
  }

  private static FixedVerbs helper(Path as) {
    return new FixedVerbs(program(as, "sudo", "-n", HELPER));
  }

  private static QueueId held() throws IOException {
    try (RawSmtpClient client = postfix.client()) {
      return new QueueId(
          client
              .begin("a@partner.example", "bo@corp.example")
              .data("Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII))
              .replaceFirst(".* ", ""));
    }
  }

  @Test
  void aPlainUserListsCopiesReleasesAndDiscards() throws IOException {
    Queue queue = new Queue(program(asPostern, "/usr/sbin/postqueue"));
    QueueId one = held();
    QueueId two = held();

    assertThat(queue.held()).extracting(QueueEntry::id).contains(one, two);
    assertThat(helper(asPostern).trouble()).isEmpty();
    assertThat(helper(asPostern).copy(one, 1000).orElseThrow().recipients()).hasSize(1);
    assertThat(helper(asPostern).release(one))
        .isEqualTo(new Deed.Done(true, one + ": released from hold"));
    assertThat(helper(asPostern).discard(two)).isEqualTo(new Deed.Done(true, two + ": removed"));
    postfix.nextHop().await(1);
  }

  @Test
  void nobodyElseMayAndTheWordsSayWhatToMend() throws IOException {
    QueueId id = held();

    assertThat(helper(asDaemon).release(id))
        .isInstanceOfSatisfying(
            Deed.Refused.class,
            refused ->
                assertThat(refused.words()).contains("sudo: a password is required", HELPER));
    assertThat(helper(asDaemon).trouble().orElseThrow()).contains("sudo: ");
    assertThatThrownBy(() -> helper(asDaemon).copy(id, 1000))
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("sudo: ");
    assertThatThrownBy(() -> new Queue(program(asDaemon, "/usr/sbin/postqueue")).held())
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("authorized_mailq_users");
    assertThat(String.join("", postfix.queue())).contains(id.text());
  }

  @Test
  void sudoLetsThePlainUserRunNothingElse() {
    for (String command : List.of("/usr/sbin/postsuper", "/bin/sh", "/usr/sbin/postcat")) {
      assertThat(program(asPostern, "sudo", "-n", command).run(1000, "-h").exit()).isEqualTo(1);
    }
    // What would reach the helper by sudo's own options is refused, too.
    assertThat(
            program(asPostern, "sudo", "-n", "MAIL_CONFIG=/tmp", HELPER).run(1000, "check").exit())
        .isEqualTo(1);
  }
}
