package dev.postern.evidence;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Evidence about a message that a gateway only told of. */
final class ReportedEvidence {
  private ReportedEvidence() {}

  static Evidence by(String gateway, String from) {
    Envelope envelope =
        new Envelope(
            Optional.empty(),
            List.of(EmailAddress.parse("lee@here.example").orElseThrow()),
            InetAddress.ofLiteral("192.0.2.1"),
            "mx.a.example");
    MessageSummary summary = new MessageSummary(from, "", "", "", "", "", 1, List.of(), List.of());
    Dns unasked =
        (name, type, deadline) -> {
          throw new AssertionError("DNS was asked for " + name);
        };
    return new Examiner(unasked, Duration.ofSeconds(1), Home.unknown())
        .reported(gateway, envelope, summary, Instant.EPOCH);
  }
}
