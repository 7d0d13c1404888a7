package dev.postern.evidence;

import dev.postern.mail.DomainName;
import java.util.List;
import java.util.Set;

/**
 * What the firm that runs Postern says of itself. It changes no result of SPF, DKIM, ARC or DMARC;
 * it tells whose reports may be read, and what others could imitate.
 *
 * @param authservIds authserv-ids of its own gateways, in lower case (RFC 8601 §2.5)
 * @param trustedSealers domains whose ARC seals, and those of names below, are believed
 * @param domains its own mail domains
 * @param frequentDomains domains that it often has mail from, and that are worth imitating
 * @param colleagues names of people, as they stand in a From header field
 */
public record Home(
    Set<String> authservIds,
    Set<DomainName> trustedSealers,
    Set<DomainName> domains,
    Set<DomainName> frequentDomains,
    List<String> colleagues) {

  /** Copies, so that it never changes. */
  public Home {
    authservIds = Set.copyOf(authservIds);
    trustedSealers = Set.copyOf(trustedSealers);
    domains = Set.copyOf(domains);
    frequentDomains = Set.copyOf(frequentDomains);
    colleagues = List.copyOf(colleagues);
  }

  /** Nothing is known. */
  public static Home unknown() {
    return new Home(Set.of(), Set.of(), Set.of(), Set.of(), List.of());
  }

  /** Whether a seal of {@code domain} is believed. */
  public boolean trusts(DomainName domain) {
    return trustedSealers.stream().anyMatch(domain::isAtOrBelow);
  }
}
