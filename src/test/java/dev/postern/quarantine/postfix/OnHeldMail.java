package dev.postern.quarantine.postfix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import dev.postern.mailsystem.NextHopServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A real Postfix, set up by the lines of the documentation, for a class of tests. */
abstract class OnHeldMail {
  static final String MESSAGE =
      "X-Test: hold\r\nFrom: Ben <ben@partner.example>\r\nSubject:  two  blanks\r\n\tfolded\r\n"
          + "\r\n.dot\r\n\u00e9 trailing \r\n"
          + "long ".repeat(500)
          + "\r\n";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  static HeldMail mail;

  @BeforeAll
  static void start() {
    mail = HeldMail.start(folder);
  }

  @AfterAll
  static void stop() {
    mail.close();
  }

  static String content(NextHopServer.Taken taken) {
    return new String(taken.octets().octets(), ISO_8859_1);
  }

  static NextHopServer.Taken takenBy(String recipient) {
    List<NextHopServer.Taken> all =
        mail.nextHop().taken().stream().filter(t -> t.recipients().contains(recipient)).toList();
    assertThat(all).as("messages that " + recipient + " got").hasSize(1);
    return all.getFirst();
  }

  static List<EmailAddress> everybody(CaseFile held) {
    return held.envelope().recipients();
  }

  static Kind only(Outcome outcome) {
    assertThat(outcome.results())
        .extracting(Outcome.Result::kind)
        .containsOnly(outcome.results().getFirst().kind());
    return outcome.results().getFirst().kind();
  }

  static EmailAddress address(String text) {
    return EmailAddress.parse(text).orElseThrow();
  }

  static Mandate mandate() {
    return new Mandate(1, () -> true);
  }
}
