package dev.postern.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.trial.MailboxFolder;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import dev.postern.web.Mailbox.Delivered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialMailboxTest {
  private static final byte[] MAIL = "Subject: \u00fc\r\n\r\n.\r\nbody\r\n".getBytes(ISO_8859_1);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));

  @Test
  void keepsWhatItAnsweredFor_alsoOverARestart() throws IOException {
    String queueId;
    try (TrialMailbox mailbox = started()) {
      String reply = deliver(mailbox, MAIL);
      assertThat(reply).matches("250 2.0.0 Ok: queued as [0-9a-f]+");
      queueId = reply.substring(reply.lastIndexOf(' ') + 1);
      now.updateAndGet(t -> t.plus(Duration.ofSeconds(1)));
      deliver(mailbox, "\r\n".getBytes(ISO_8859_1));
      assertThat(mailbox.delivered()).hasSize(2);
      assertThat(mailbox.delivered().getLast())
          .isEqualTo(
              new Delivered(
                  queueId,
                  Instant.parse("2026-11-25T10:00:00Z"),
                  "",
                  List.of("ann@corp.example", "bob@corp.example"),
                  "subject of " + MAIL.length,
                  MAIL.length,
                  RawMessage.of(MAIL).sha256()));
    }
    assertThat(Files.readAllBytes(folder.resolve(queueId + ".eml"))).isEqualTo(MAIL);
    try (TrialMailbox again = started()) {
      assertThat(again.delivered()).hasSize(2);
      assertThat(again.delivered().getLast().queueId()).isEqualTo(queueId);
    }
  }

  @Test
  void keepsTheNewest200AndLeavesOutWhatItCannotRead() throws IOException {
    Files.writeString(folder.resolve("0000000000000.json"), "{broken");
    MailboxFolder mailbox = new MailboxFolder(folder);
    for (int i = 1; i <= MailboxFolder.MOST + 5; i++) {
      String id = "%015x".formatted(i);
      mailbox.add(
          new Delivered(id, Instant.EPOCH, "", List.of("a@b.example"), "", 1, "00"),
          RawMessage.of(new byte[] {'x'}));
    }
    assertThat(mailbox.newestFirst()).hasSize(MailboxFolder.MOST);
    assertThat(mailbox.newestFirst().getFirst().queueId()).endsWith("cd");
    assertThat(mailbox.octets("%015x".formatted(5))).isEmpty();
    assertThat(mailbox.octets("%015x".formatted(6))).isPresent();
    assertThat(mailbox.octets("../secret")).isEmpty();
    assertThat(new MailboxFolder(folder).newestFirst()).isEqualTo(mailbox.newestFirst());
  }

  private TrialMailbox started() {
    TrialMailbox mailbox =
        new TrialMailbox(folder, 0, TrialMailboxTest::summary, now::get, new SplittableRandom(7));
    mailbox.start();
    return mailbox;
  }

  private static String deliver(TrialMailbox mailbox, byte[] message) throws IOException {
    try (RawSmtpClient client = new RawSmtpClient(mailbox.port())) {
      assertThat(client.reply()).isEqualTo("220 mailbox.localhost ESMTP trial mailbox");
      return client.begin("", "ann@corp.example", "bob@corp.example").data(message);
    }
  }

  private static MessageSummary summary(RawMessage raw) {
    return new MessageSummary(
        "", "", "", "subject of " + raw.size(), "", "", raw.size(), List.of(), List.of());
  }
}
