package dev.postern.quarantine.mailbox;

import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Hold;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.card.Finding;
import dev.postern.mailsystem.DovecotServer;
import dev.postern.quarantine.HttpTrust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A folder of a real Dovecot. */
class ImapQuarantineIT extends MailboxContract {
  @SuppressWarnings("NullAway.Init")
  private static DovecotServer dovecot;

  private static int users;

  private String user = "";

  @BeforeAll
  static void start() {
    dovecot = DovecotServer.start();
  }

  @AfterAll
  static void stop() {
    dovecot.close();
  }

  @Override
  Path fresh() {
    user = "user" + ++users;
    return dovecot.mailbox(user, "Released", "Discarded");
  }

  @Override
  MailboxSettings.Place place() {
    return at(dovecot.port(), MailboxSettings.Tls.NONE, DovecotServer.PASSWORD);
  }

  private MailboxSettings.Place at(int port, MailboxSettings.Tls tls, String password) {
    return new MailboxSettings.Imap("127.0.0.1", port, tls, new HttpTrust.Usual(), user, password);
  }

  @Override
  void deliver(String message) {
    dovecot.deliver(maildir, message);
  }

  private MailboxHoldings holdings(MailboxSettings.Place place) {
    return new MailboxHoldings(new MailboxParts(Quarantined.settings(place, Optional.empty(), 0)));
  }

  @Test
  void anExpungeTakesNothingElseThatIsMarkedAsDeleted() throws IOException {
    deliver(Quarantined.to("kept@corp.example"));
    var _ = only(moving());
    try (Stream<Path> files = Files.list(maildir.resolve("new"))) {
      Path file = files.findFirst().orElseThrow();
      Files.move(file, maildir.resolve("cur").resolve(file.getFileName() + ":2,T"));
    }
    deliver(Quarantined.to("gone@corp.example"));
    MailboxHoldings holdings = new MailboxHoldings(deleting());
    Hold gone =
        holdings.held().stream()
            .map(ref -> holdings.fetch(ref).orElseThrow())
            .filter(it -> it.envelope().recipients().toString().contains("gone@"))
            .findFirst()
            .orElseThrow();

    var _ = new MailboxQuarantine(deleting()).discard(Quarantined.decided(gone, discard()), GOOD);

    assertThat(in("INBOX")).singleElement().asString().contains("kept@corp.example");
  }

  @Test
  void aMailboxThatWasMadeAnewHoldsNewMessagesAndOldCasesEnd() throws IOException {
    Hold hold = held("a@corp.example");
    try (Stream<Path> files = Files.list(maildir)) {
      for (Path file :
          files
              .filter(
                  it ->
                      Files.isRegularFile(it) && it.getFileName().toString().startsWith("dovecot"))
              .toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.writeString(
        maildir.resolve("dovecot-uidlist"), "3 V1234567 N1 G0123456789abcdef0123456789abcdef\n");
    dovecot.owned();
    CaseFile it = Quarantined.decided(hold, release());
    MailboxQuarantine quarantine = new MailboxQuarantine(moving());

    assertThat(quarantine.standing(Quarantined.undecided(hold))).isEqualTo(Standing.GONE);
    assertThat(quarantine.standing(it)).isEqualTo(Standing.UNKNOWN);
    assertThat(kind(quarantine.release(it, everybody(it), GOOD))).isEqualTo(Kind.NOT_FOUND);
    assertThat(only(moving()).ref()).isNotEqualTo(hold.ref());
    assertThat(in("INBOX")).hasSize(1);
  }

  @Test
  void afterTheServerWasKilledItIsAskedAgainOverANewConnection() {
    MailboxParts parts = moving();
    deliver(Quarantined.to("a@corp.example"));
    var _ = only(parts);

    dovecot.kill();
    assertThatThrownBy(() -> new MailboxHoldings(parts).held())
        .isInstanceOf(MailSystemTrouble.class);
    dovecot.startAgain();

    CaseFile it = Quarantined.decided(only(parts), release());
    assertThat(kind(new MailboxQuarantine(parts).release(it, everybody(it), GOOD)))
        .isEqualTo(Kind.ACCEPTED_ASYNC);
  }

  @Test
  void P8_theTwinsCopyInReleasedDoesNotProveMine() throws IOException {
    deliver(Quarantined.to("a@corp.example"));
    deliver(Quarantined.to("b@corp.example"));
    Instant second = Instant.ofEpochSecond(1_790_000_000);
    for (Path file : inbox()) {
      Files.setLastModifiedTime(file, FileTime.from(second));
    }
    MailboxHoldings holdings = new MailboxHoldings(moving());
    List<CaseFile> twins =
        holdings.held().stream()
            .map(ref -> Quarantined.decided(holdings.fetch(ref).orElseThrow(), release()))
            .toList();
    assertThat(twins).extracting(CaseFile::receivedAt).containsExactly(second, second);
    CaseFile mine = twins.getFirst();
    CaseFile other = twins.getLast();
    MailboxQuarantine quarantine = new MailboxQuarantine(moving());
    assertThat(kind(quarantine.release(other, everybody(other), GOOD)))
        .isEqualTo(Kind.ACCEPTED_ASYNC);
    for (Path file : inbox()) {
      Files.delete(file);
    }

    assertThat(quarantine.standing(other)).isEqualTo(Standing.RELEASED);
    assertThat(quarantine.standing(mine)).isEqualTo(Standing.UNKNOWN);
    assertThat(kind(quarantine.release(mine, everybody(mine), GOOD))).isEqualTo(Kind.NOT_FOUND);
  }

  private List<Path> inbox() throws IOException {
    try (Stream<Path> all =
        Stream.of("new", "cur").flatMap(part -> list(maildir.resolve(part)).stream())) {
      return all.toList();
    }
  }

  private static List<Path> list(Path part) {
    try (Stream<Path> files = Files.list(part)) {
      return files.toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void theCheckGoesOnWhereTheServerBreaksOffInTheMiddle() throws IOException {
    try (ServerSocket once = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var _ = Thread.ofVirtual().start(() -> letInAndBreakOff(once));
      MailboxSettings.Place place = at(once.getLocalPort(), MailboxSettings.Tls.NONE, "x");

      List<Finding> findings =
          new MailboxParts(Quarantined.settings(place, Optional.empty(), 0)).look();

      assertThat(findings).isNotEmpty().allMatch(it -> it.grade() == Finding.Grade.WRONG);
    }
  }

  private static void letInAndBreakOff(ServerSocket once) {
    try (var socket = once.accept();
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
      OutputStream out = socket.getOutputStream();
      out.write("* OK [CAPABILITY IMAP4rev1 MOVE] hi\r\n".getBytes(ISO_8859_1));
      String login = Objects.requireNonNull(in.readLine());
      once.close();
      String tag = login.substring(0, login.indexOf(' '));
      out.write((tag + " OK [CAPABILITY IMAP4rev1 MOVE] in\r\n").getBytes(ISO_8859_1));
    } catch (IOException closed) {
      // that is all it had to say
    }
  }

  @Test
  void aRefusedLoginSaysWhatToSetAndNotThePassword() {
    assertThatThrownBy(
            () -> holdings(at(dovecot.port(), MailboxSettings.Tls.NONE, "wrong-one")).held())
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("mail.mailbox.password")
        .hasMessageNotContaining("wrong-one");
  }

  @Test
  void aServerWithoutTlsIsNotGivenThePassword() {
    assertThatThrownBy(
            () ->
                holdings(at(dovecot.port(), MailboxSettings.Tls.STARTTLS, DovecotServer.PASSWORD))
                    .held())
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("STARTTLS");
  }

  @Test
  void aServerThatIsAwayOrTalksNonsenseIsTroubleInWords() throws IOException {
    try (ServerSocket nonsense = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var _ =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var socket = nonsense.accept()) {
                      socket.getOutputStream().write("\0\0(((\r\n".getBytes(ISO_8859_1));
                    } catch (IOException closed) {
                      // that is all it had to say
                    }
                  });
      assertThatThrownBy(
              () -> holdings(at(nonsense.getLocalPort(), MailboxSettings.Tls.NONE, "x")).held())
          .isInstanceOf(MailSystemTrouble.class);
    }
  }
}
