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
 * @param dsn which notices of delivery it wants
 */
public record Envelope(
    Optional<EmailAddress> mailFrom,
    List<EmailAddress> recipients,
    InetAddress clientIp,
    String helo,
    Dsn dsn) {

  /** An envelope of a client that said nothing of notices. */
  public Envelope(
      Optional<EmailAddress> mailFrom,
      List<EmailAddress> recipients,
      InetAddress clientIp,
      String helo) {
    this(mailFrom, recipients, clientIp, helo, Dsn.NONE);
  }

  /** Copies the list, so that an envelope never changes. */
  public Envelope {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("an envelope needs a recipient");
    }
  }

  /** The same for some of the recipients. */
  public Envelope to(List<EmailAddress> some) {
    return new Envelope(mailFrom, some, clientIp, helo, dsn);
  }

  /** The reverse-path as SMTP writes it between angle brackets; empty text for the null sender. */
  public String mailFromText() {
    return mailFrom.map(EmailAddress::toString).orElse("");
  }
}
