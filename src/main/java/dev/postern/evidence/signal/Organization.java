package dev.postern.evidence.signal;

import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.Home;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Mailbox;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who the author is, as far as DNS says: the From domains and their organizational domain by the
 * tree walk (RFC 9989 §4.10.2). Two domains are of one organization where one is at or below the
 * other; siblings without a common record are not seen to be.
 *
 * @param from the From domains
 * @param organizational the organizational domain of the From domain, where it is known
 * @param own the domains of the firm that runs Postern, which belong together
 */
record Organization(
    Set<DomainName> from, Optional<DomainName> organizational, Set<DomainName> own) {

  static Organization of(List<Mailbox> from, DmarcFinding dmarc, Home home) {
    Set<DomainName> domains = new LinkedHashSet<>();
    from.forEach(it -> domain(it).ifPresent(domains::add));
    DomainName.parse(dmarc.fromDomain()).ifPresent(domains::add);
    return new Organization(
        domains, DomainName.parse(dmarc.organizationalDomain()), home.domains());
  }

  /** Whether nobody can say who the author is. */
  boolean unknown() {
    return from.isEmpty();
  }

  /** Whether the domain is of the author's organization. */
  boolean includes(DomainName other) {
    return Stream.concat(from.stream(), organizational.stream()).anyMatch(it -> related(it, other))
        || (isOwn(other) && from.stream().anyMatch(this::isOwn));
  }

  /** Whether the domain is of the firm that runs Postern. */
  boolean isOwn(DomainName domain) {
    return own.stream().anyMatch(domain::isAtOrBelow);
  }

  /**
   * Whether one is at or below the other; a single label, such as a top-level domain, is nobody.
   */
  static boolean related(DomainName one, DomainName other) {
    return one.equals(other)
        || (other.labels().size() > 1 && one.isAtOrBelow(other))
        || (one.labels().size() > 1 && other.isAtOrBelow(one));
  }

  static Optional<DomainName> domain(Mailbox mailbox) {
    return mailbox.address().map(EmailAddress::domain);
  }
}
