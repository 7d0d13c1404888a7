package dev.postern.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mail system gets another name while people are asked about what it holds. */
final class RenamedMailSystemIT extends FollowStory {
  private static final String SECRET = "a secret of 32 characters, for tests";

  private static final String LETTER =
      """
      X-Envelope-From: <billing@shop.test>
      X-Envelope-To: <%1$s@corp.test>
      Received: from shop.test (shop.test [192.0.2.50]) by filter.corp.test
      From: Shop <billing@shop.test>
      Message-ID: <%1$s@shop.test>
      Subject: Your order

      Hello
      """
          .replace("\n", "\r\n");

  private Path maildir = Path.of("");

  @BeforeEach
  void mailbox() throws IOException {
    maildir = folder.resolve("Maildir");
    for (String box : List.of("", ".Released", ".Discarded")) {
      for (String part : List.of("new", "cur", "tmp")) {
        Files.createDirectories(maildir.resolve(box).resolve(part));
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    if (postern != null) {
      endPostern();
    }
  }

  /** Minutes ago, so that nobody takes it for a message that is not listed yet. */
  private void deliver(String name) throws IOException {
    Path file = Files.writeString(maildir.resolve("new").resolve(name), LETTER.formatted(name));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(10))));
  }

  private void follow(String name, int nextHop, String more) throws IOException {
    follow(
        DocumentedLines.of("mailbox.md")
                .linesFor("maildir.conf")
                .replace("/var/mail/quarantine/Maildir", maildir.toString())
                .replace("mail.mailbox.name = quarantine", "mail.mailbox.name = " + name)
            + "mail.mailbox.reinject = \"127.0.0.1:%d\"\n".formatted(nextHop)
            + "mail.smtp.next-hop = \"127.0.0.1:%d\"\n".formatted(nextHop)
            + "intake.secrets.gateway = \"%s\"\n".formatted(SECRET)
            + more);
  }

  private HttpResponse<String> report(String source) throws Exception {
    String body =
        """
        {"source": "%s", "id": "reported", "raw": "U3ViamVjdDogaGkNCg0KaGkNCg==", "envelope": {
         "mailFrom": "a@shop.test", "recipients": ["b@corp.test"], "clientIp": "192.0.2.1"}}
        """
            .formatted(source);
    long seconds = Instant.now().getEpochSecond();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(postern.url + "/v1/holds"))
                .header("Content-Type", "application/json")
                .header("Postern-Signature", "t=" + seconds + ",v1=" + seal(seconds + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String seal(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
  }

  @Test
  void P7_theStartIsRefusedWhileCasesOfTheOldNameAreOpenAndRetiringItEndsThemUnsent()
      throws Exception {
    deliver("undecided");
    deliver("decided");
    int nobody = Programs.freePort();
    follow("old", nobody, "");
    String undecided = caseOf("undecided");
    String decided = caseOf("decided");
    vote(decided, "release", "");
    postern.await("/v1/cases/" + decided, "did not take it yet");
    assertThat(report("gateway").statusCode()).isEqualTo(202);
    String reported = caseOf("reported");
    postern.kill();

    assertThatThrownBy(() -> follow("new", nobody, ""))
        .hasMessageContaining("2 open case(s) are of the mail system old")
        .hasMessageContaining("give it its old name back until they are done")
        .hasMessageContaining("mail.retired = [old]");

    try (NextHopServer server = NextHopServer.start()) {
      follow("new", server.port(), "mail.retired = [old]\n");
      for (String id : List.of(undecided, decided)) {
        assertThat(postern.await("/v1/cases/" + id, "\"state\":\"WITHDRAWN\""))
            .contains("Postern no longer follows old");
      }
      assertThat(server.taken()).isEmpty();
      assertThat(postern.get("/v1/cases/" + reported).body()).contains("\"state\":\"ASKING\"");
      assertThat(Child.values(postern.get("/v1/cases?q=decided").body(), "source")).contains("new");
    }
  }

  @Test
  void nobodyReportsMailUnderTheNameOfAMailSystemThatPosternAsksItself() throws Exception {
    follow("quarantine", Programs.freePort(), "mail.retired = [old]\n");

    for (String source : List.of("quarantine", "old", "smtp", "rspamd", "milter", "mta-hooks")) {
      HttpResponse<String> answer = report(source);
      assertThat(answer.statusCode()).as(source).isEqualTo(422);
      assertThat(answer.body()).contains("\"field\":\"source\"", "must not be " + source);
    }
    assertThat(report("gateway").statusCode()).isEqualTo(202);
  }
}
