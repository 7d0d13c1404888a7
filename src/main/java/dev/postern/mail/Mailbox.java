package dev.postern.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One mailbox of an address header field (RFC 5322 §3.4).
 *
 * @param name its display name with MIME words decoded; empty without one; hostile
 * @param written the addr-spec as written, without angle brackets and route; hostile
 */
public record Mailbox(String name, String written) {

  /** The mailboxes in all fields of that name, in message order. Never throws; linear time. */
  public static List<Mailbox> of(HeaderFields header, String field) {
    List<Mailbox> mailboxes = new ArrayList<>();
    header.named(field).forEach(it -> mailboxes.addAll(AddressList.parse(it.unfoldedValue())));
    return mailboxes;
  }

  /** The address, where what is written is one and only one. */
  public Optional<EmailAddress> address() {
    return EmailAddress.parse(written)
        .filter(it -> it.localPart().startsWith("\"") || it.localPart().indexOf('@') < 0);
  }
}
