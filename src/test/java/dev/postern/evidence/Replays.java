package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Holds the cases of the suites to the promise of the evidence document. */
public final class Replays {
  private Replays() {}

  /** Examines, writes the document, checks and reads it, and evaluates again from it. */
  public static void giveTheSameVerdicts(Envelope envelope, RawMessage message, Dns dns, long at) {
    Evidence first =
        new Examiner(dns, Duration.ofSeconds(10), Home.unknown())
            .with(new Signals(Home.unknown(), Acquaintance.withEverybody()))
            .examine(envelope, message, Instant.ofEpochSecond(at));
    assertThat(EvidenceSchema.complaints(EvidenceSchema.document(first))).isEmpty();
    Evidence read = EvidenceJson.read(EvidenceJson.write(first));

    assertThat(Replay.differences(read, Replay.of(read, message))).isEmpty();
    assertThat(EvidenceJson.digest(read)).isEqualTo(EvidenceJson.digest(first));
  }

  /** An envelope; a sender that is no address counts as none. */
  public static Envelope envelope(String mailFrom, String ip, String helo) {
    return new Envelope(
        EmailAddress.parse(mailFrom),
        List.of(EmailAddress.parse("b@here.example").orElseThrow()),
        InetAddress.ofLiteral(ip),
        helo);
  }

  /** A message of one author. */
  public static RawMessage from(String author) {
    String text = "From: <" + author + ">\r\n\r\nHello\r\n";
    return RawMessage.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
