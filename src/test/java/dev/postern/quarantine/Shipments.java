package dev.postern.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Mail for tests of the way out. */
final class Shipments {
  static final EmailAddress ANN = address("ann@corp.example");
  static final EmailAddress BOB = address("bob@corp.example");
  static final EmailAddress EVE = address("eve@corp.example");
  static final RawMessage MAIL = raw("Subject: hi\r\n\r\nHello\r\n");

  private Shipments() {}

  static Outcome send(NextHopSettings to, RawMessage raw, EmailAddress... recipients) {
    return send(to, envelope(recipients), raw);
  }

  static Outcome send(NextHopSettings to, Envelope envelope, RawMessage raw) {
    return new SmtpNextHop(to)
        .send(envelope, envelope.recipients(), raw, Mandate.ofThisConnection());
  }

  static Envelope envelope(EmailAddress... to) {
    return new Envelope(
        Optional.of(address("sender@supplier.example")),
        List.of(to),
        InetAddress.getLoopbackAddress(),
        "mx.supplier.example");
  }

  static List<Kind> kinds(Outcome outcome) {
    return outcome.results().stream().map(Outcome.Result::kind).toList();
  }

  static String words(Outcome outcome) {
    return outcome.results().getFirst().words();
  }

  static EmailAddress address(String text) {
    return EmailAddress.parse(text).orElseThrow();
  }

  static RawMessage raw(String text) {
    return RawMessage.of(text.getBytes(UTF_8));
  }
}
