package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.FakeHttp;
import dev.postern.fake.Mishap;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.quarantine.mailcow.FakeMailcow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program behind a stand-in for mailcow, set up by the lines of docs/mail/mailcow.md. */
class MailcowIT {
  private static final String EDIT = "POST edit/qitem";
  private static final String MESSAGE = "From: <ben@partner.example>\nSubject: order\n\nHello\n";

  @TempDir private Path folder;

  private final FakeMailcow mailcow = new FakeMailcow();
  private final FakeHttp http = new FakeHttp(mailcow);

  @AfterEach
  void stop() {
    http.close();
  }

  private Child postern() throws Exception {
    String conf =
        DocumentedLines.of("mailcow.md")
            .linesFor("postern.conf")
            .replace("https://mail.firm.example", http.origin());
    secret("postern.conf", conf);
    secret("mailcow-api-key", FakeMailcow.KEY);
    return Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
  }

  private void secret(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void P7_P8_whatIsHeldIsAskedAboutAndReleasedExactlyOnceAlsoWhenTheAnswerWasLost()
      throws Exception {
    int answered = mailcow.hold("ben@partner.example", "lee@corp.example", MESSAGE);
    int lost = mailcow.hold("", "eva@corp.example", MESSAGE);
    String firstId = mailcow.idOf(answered);
    String secondId = mailcow.idOf(lost);
    try (Child postern = postern()) {
      HeldCases cases = new HeldCases(postern);
      String case1 = cases.of(firstId);
      assertThat(postern.get("/v1/cases/" + case1).body()).contains("DMARC_POLICY_REJECT", "15.5");
      cases.vote(case1, "release");
      assertThat(cases.done(firstId)).contains("mailcow sent it on");
      http.order(EDIT, Mishap.LOST_ANSWER);
      cases.vote(cases.of(secondId), "release");
      assertThat(cases.done(secondId)).contains("mailcow has sent it on");

      assertThat(mailcow.delivered()).containsExactly("lee@corp.example", "eva@corp.example");
      assertThat(http.errands().stream().filter(EDIT::equals)).hasSize(2);
      assertThat(postern.get("/readyz").body()).contains("mail mailcow: ok");
      assertThat(postern.log()).doesNotContain(FakeMailcow.KEY);
    }
  }

  @Test
  void whatIsDiscardedOrGoesByItselfReachesNobody() throws Exception {
    int discarded = mailcow.hold("ben@partner.example", "lee@corp.example", MESSAGE);
    int gone = mailcow.hold("ben@partner.example", "eva@corp.example", MESSAGE);
    String firstId = mailcow.idOf(discarded);
    String secondId = mailcow.idOf(gone);
    try (Child postern = postern()) {
      HeldCases cases = new HeldCases(postern);
      cases.vote(cases.of(firstId), "discard");
      assertThat(cases.done(firstId)).contains("mailcow deleted it");

      String withdrawn = cases.of(secondId);
      mailcow.delete(gone);
      assertThat(postern.await("/v1/cases/" + withdrawn, "\"state\":\"WITHDRAWN\"")).isNotEmpty();
      assertThat(mailcow.delivered()).isEmpty();
    }
  }
}
