package dev.postern.quarantine;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.util.List;
import java.util.Optional;

/**
 * What a message needs of a server, beside what the server offers. Nothing is converted: that would
 * break signatures, and be another message than the one that was judged.
 */
record Obstacles(NextHopSettings where, Envelope envelope, RawMessage raw, Offers offers) {

  /** Why the server will never take this message for anybody. */
  Optional<String> forAll() {
    if (beyondAscii(envelope.mailFromText()) && !offers.smtpUtf8()) {
      return Optional.of(without("SMTPUTF8", "the sender's address needs"));
    }
    if (offers.size() > 0 && raw.size() > offers.size()) {
      return Optional.of(
          where.name() + " takes " + offers.size() + " octets; this message has " + raw.size());
    }
    if (hasEightBit() && !offers.eightBit()) {
      // RFC 6152 §3: convert it, or fail for good.
      return Optional.of(without("8BITMIME", "the octets beyond ASCII in this message need"));
    }
    return Optional.empty();
  }

  /** Why the server will never take any message for this recipient. */
  Optional<String> to(EmailAddress recipient) {
    return beyondAscii(recipient.localPart()) && !offers.smtpUtf8()
        ? Optional.of(without("SMTPUTF8", "this address needs"))
        : Optional.empty();
  }

  /** The parameters of MAIL. */
  String mail(List<EmailAddress> recipients) {
    boolean utf8 =
        beyondAscii(envelope.mailFromText())
            || recipients.stream().anyMatch(recipient -> beyondAscii(recipient.localPart()));
    return (offers.announcesSize() ? " SIZE=" + raw.size() : "")
        + (hasEightBit() ? " BODY=8BITMIME" : "")
        + (utf8 ? " SMTPUTF8" : "")
        + (offers.dsn() ? envelope.dsn().parameters() : "");
  }

  private String without(String extension, String who) {
    return where.name() + " does not offer " + extension + ", which " + who;
  }

  private static boolean beyondAscii(String text) {
    return text.chars().anyMatch(c -> c > 0x7e);
  }

  private boolean hasEightBit() {
    for (byte octet : raw.octets()) {
      if (octet < 0) {
        return true;
      }
    }
    return false;
  }
}
