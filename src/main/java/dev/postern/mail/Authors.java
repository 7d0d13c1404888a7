package dev.postern.mail;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a message says wrote it: the mailboxes of its From field.
 *
 * @param fields number of From fields; RFC 5322 §3.6 asks for exactly one
 * @param mailboxes of all From fields, in message order
 */
public record Authors(int fields, List<Mailbox> mailboxes) {

  /** Copies the list, so that authors never change. */
  public Authors {
    mailboxes = List.copyOf(mailboxes);
  }

  /** Reads the From fields. */
  public static Authors of(HeaderFields header) {
    return new Authors(header.named("From").size(), Mailbox.of(header, "From"));
  }

  /** The one domain that all authors share; empty where there is none, or {@link #problem()}. */
  public Optional<DomainName> domain() {
    return problem().isEmpty() ? domains().stream().findFirst() : Optional.empty();
  }

  /** The distinct domains of the mailboxes, in order. */
  public Set<DomainName> domains() {
    Set<DomainName> domains = new LinkedHashSet<>();
    for (Mailbox mailbox : mailboxes) {
      mailbox.address().map(EmailAddress::domain).ifPresent(domains::add);
    }
    return domains;
  }

  /** Why there is no one author domain, in our words; empty when there is (RFC 9989 §5.3.1). */
  public String problem() {
    if (fields == 0) {
      return "the message has no From field";
    }
    if (fields > 1) {
      return "the message has " + fields + " From fields";
    }
    if (mailboxes.isEmpty()) {
      return "the From field names no mailbox";
    }
    if (mailboxes.stream().anyMatch(mailbox -> mailbox.address().isEmpty())) {
      return "the From field names a mailbox that is no address";
    }
    int domains = domains().size();
    return domains > 1 ? "the From field names mailboxes of " + domains + " domains" : "";
  }
}
