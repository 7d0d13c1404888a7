package dev.postern.mail;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the SMTP client said before the message (RFC 5321 §2.3.1).
 *
 * @param mailFrom the reverse-path; empty for the null sender {@code <>}
 * @param recipients the forward-paths, in the order given, at least one
 * @param clientIp the address of the SMTP client that handed the message to the firm
 * @param helo the name it gave in HELO or EHLO; may be empty and is never trusted
 */
public record Envelope(
    Optional<EmailAddress> mailFrom,
    List<EmailAddress> recipients,
    InetAddress clientIp,
    String helo) {

  /** Copies the list, so that an envelope never changes. */
  public Envelope {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("an envelope needs a recipient");
    }
  }

  /** The reverse-path as SMTP writes it between angle brackets; empty text for the null sender. */
  public String mailFromText() {
    return mailFrom.map(EmailAddress::toString).orElse("");
  }
}
