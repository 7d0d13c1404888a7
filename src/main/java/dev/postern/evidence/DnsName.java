package dev.postern.evidence;

import dev.postern.mail.DomainName;
import java.util.Locale;

/**
 * An owner name to ask about: lower case, no trailing dot. Wider than {@link DomainName}: macros of
 * an SPF record can put any octet into a label (RFC 7208 §7). A name that DNS cannot carry (a label
 * above 63 octets, an empty label) may stand here; the resolver answers NXDOMAIN.
 *
 * @param text the name; characters are octets (ISO-8859-1)
 */
public record DnsName(String text) {

  /** Normalises case and the trailing dot. */
  public DnsName {
    text = text.toLowerCase(Locale.ROOT);
    text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** The owner name of a domain, below a prefix such as {@code _dmarc}. */
  public static DnsName below(String prefix, DomainName domain) {
    return new DnsName(prefix + "." + domain.ascii());
  }

  @Override
  public String toString() {
    return text;
  }
}
