package dev.postern.mail;

import java.util.Optional;

/**
 * A mailbox of the envelope or of a header field (RFC 5321 §4.1.2). The local part is kept as it
 * was written, the domain is in A-label form.
 *
 * @param localPart octets before the last {@code @}, non-empty, without control characters
 * @param domain the domain after it
 */
public record EmailAddress(String localPart, DomainName domain) {

  /** RFC 5321 §4.5.3.1.1 asks for 64 octets; real senders use more, so the bound is generous. */
  private static final int LONGEST_LOCAL_PART = 256;

  /** Takes parts that are already checked; use {@link #parse} for text from outside. */
  public EmailAddress {
    if (localPart.isEmpty() || localPart.length() > LONGEST_LOCAL_PART) {
      throw new IllegalArgumentException("local part of " + localPart.length() + " characters");
    }
    if (localPart.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '<' || c == '>')) {
      throw new IllegalArgumentException("local part with a control character or angle bracket");
    }
  }

  /** Reads {@code local@domain} without angle brackets. Empty when it is no such address. */
  public static Optional<EmailAddress> parse(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0) {
      return Optional.empty();
    }
    String local = text.substring(0, at);
    try {
      return DomainName.parse(text.substring(at + 1)).map(d -> new EmailAddress(local, d));
    } catch (IllegalArgumentException badLocalPart) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return localPart + "@" + domain;
  }
}
