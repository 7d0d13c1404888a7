package dev.postern.mail;

import java.util.Optional;

/**
 * One mailbox of an address header field (RFC 5322 §3.4).
 *
 * @param name its display name with MIME words decoded; empty without one; hostile
 * @param written the addr-spec as written, without angle brackets and route; hostile
 */
public record Mailbox(String name, String written) {

  /** The address, where what is written is one and only one. */
  public Optional<EmailAddress> address() {
    return EmailAddress.parse(written)
        .filter(it -> it.localPart().startsWith("\"") || it.localPart().indexOf('@') < 0);
  }
}
