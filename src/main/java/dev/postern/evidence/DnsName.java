package dev.postern.evidence;

import dev.postern.mail.DomainName;

/**
 * An owner name to ask about: lower case, no trailing dot. Wider than {@link DomainName}: macros of
 * an SPF record can put any octet into a label (RFC 7208 §7). A name that DNS cannot carry (a label
 * above 63 octets, an empty label) may stand here; the resolver answers NXDOMAIN.
 *
 * @param text the name; characters are octets (ISO-8859-1)
 */
public record DnsName(String text) {

  /** Normalises the case of letters of ASCII (RFC 4343 §3) and the trailing dot. */
  public DnsName {
    text = lowerCase(text);
    text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** The owner name of a domain, below a prefix such as {@code _dmarc}. */
  public static DnsName below(String prefix, DomainName domain) {
    return new DnsName(prefix + "." + domain.ascii());
  }

  private static String lowerCase(String text) {
    int at = 0;
    while (at < text.length() && !upperCase(text.charAt(at))) {
      at++;
    }
    return at == text.length() ? text : lowerCaseFrom(at, text);
  }

  private static String lowerCaseFrom(int start, String text) {
    char[] lower = text.toCharArray();
    for (int i = start; i < lower.length; i++) {
      lower[i] = upperCase(lower[i]) ? (char) (lower[i] + ('a' - 'A')) : lower[i];
    }
    return new String(lower);
  }

  private static boolean upperCase(char c) {
    return c >= 'A' && c <= 'Z';
  }

  @Override
  public String toString() {
    return text;
  }
}
