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
 * @param unreadSender what stands for the reverse-path where it is no address that can be read, or
 *     nobody tells it: somebody, not the null sender; bounded, without control characters, hostile
 *     all the same; empty otherwise
 */
public record Envelope(
    Optional<EmailAddress> mailFrom,
    List<EmailAddress> recipients,
    InetAddress clientIp,
    String helo,
    Dsn dsn,
    String unreadSender) {
  private static final int LONGEST_UNREAD = 320;

  /** An envelope of a client that said nothing of notices. */
  public Envelope(
      Optional<EmailAddress> mailFrom,
      List<EmailAddress> recipients,
      InetAddress clientIp,
      String helo) {
    this(mailFrom, recipients, clientIp, helo, Dsn.NONE);
  }

  /** An envelope whose sender is known. */
  public Envelope(
      Optional<EmailAddress> mailFrom,
      List<EmailAddress> recipients,
      InetAddress clientIp,
      String helo,
      Dsn dsn) {
    this(mailFrom, recipients, clientIp, helo, dsn, "");
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
    return new Envelope(mailFrom, some, clientIp, helo, dsn, unreadSender);
  }

  /**
   * The same as far as the sender is an address, or the null sender; otherwise with what was said.
   *
   * @param said as the mail system has it; empty for the null sender
   */
  public Envelope withSender(String said) {
    String shown = said.replaceAll("\\p{Cntrl}", "?");
    boolean fits = shown.length() <= LONGEST_UNREAD;
    String unread = fits ? shown : shown.substring(0, LONGEST_UNREAD - 1) + "…";
    return mailFrom.isPresent()
        ? this
        : new Envelope(mailFrom, recipients, clientIp, helo, dsn, unread);
  }

  /** Who it says it is from, for people and rules: empty for the null sender only. */
  public String senderText() {
    return mailFrom.map(EmailAddress::toString).orElse(unreadSender);
  }

  /** The reverse-path as SMTP writes it between angle brackets; empty text for the null sender. */
  public String mailFromText() {
    return mailFrom.map(EmailAddress::toString).orElse("");
  }
}
