package dev.postern.evidence.signal;

import com.google.common.net.InternetDomainName;
import dev.postern.mail.DomainName;
import java.util.List;
import java.util.Set;

/**
 * The label that people take for the name of a domain, and what stands behind it: {@code firm} and
 * {@code co.uk}. A list of suffixes is good enough here, where nothing is granted by it; which
 * domains belong together under DMARC only DNS says (RFC 9989 §4.10).
 *
 * @param label in Unicode
 * @param suffix in A-labels
 */
record RegisteredName(String label, String suffix) {

  /** A country's letters end many abbreviations: Co.KG, Dr.med, St.Co. */
  private static final int SHORTEST_SITE = 3;

  /** Words before a suffix that is one as well: Dipl.Ing, Prof.Dr.med, Pty.Ltd. */
  private static final Set<String> ABBREVIATIONS =
      Set.of("prof", "dipl", "mag", "bacc", "pty", "pvt");

  /** The name of any domain; that of a single label or a suffix is its leftmost label. */
  static RegisteredName of(DomainName domain) {
    List<String> labels = domain.labels();
    int name = Math.max(0, labels.size() - suffixLabels(domain) - 1);
    return new RegisteredName(
        ReadableDomain.of(labels.get(name)),
        String.join(".", labels.subList(name + 1, labels.size())));
  }

  /** Whether people who write this name in a text mean a site, and not Co.KG or Dr.med. */
  boolean readsAsSite() {
    return suffix.equals("com")
        || (label.length() >= SHORTEST_SITE && !ABBREVIATIONS.contains(label));
  }

  /** Whether the last labels of the domain are a suffix under which names are registered. */
  static boolean underKnownSuffix(DomainName domain) {
    return InternetDomainName.isValid(domain.ascii())
        && InternetDomainName.from(domain.ascii()).isUnderRegistrySuffix();
  }

  private static int suffixLabels(DomainName domain) {
    if (!InternetDomainName.isValid(domain.ascii())) {
      return 1;
    }
    InternetDomainName suffix = InternetDomainName.from(domain.ascii()).registrySuffix();
    return suffix == null ? 1 : suffix.parts().size();
  }
}
