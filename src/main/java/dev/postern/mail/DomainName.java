package dev.postern.mail;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A host or mail domain in A-label form: lower case, no trailing dot, at most 253 octets (RFC 1035
 * §2.3.4, RFC 5890 §2.3.2.1). Underscores are allowed, since DNS owner names carry them.
 *
 * @param ascii the name, for example {@code xn--bcher-kva.example}
 */
public record DomainName(String ascii) implements Comparable<DomainName> {

  /** Octets of an A-label form count once; an U-label can take two UTF-16 units for one of them. */
  private static final int LONGEST_WRITTEN = 2 * 253;

  /** Takes a name that is already normal; anything else is a programmer's error. */
  public DomainName {
    if (!normal(ascii)) {
      throw new IllegalArgumentException("not a normalised domain name: " + ascii);
    }
  }

  /** Reads a domain from outside; U-labels become A-labels. Empty when it is no domain name. */
  public static Optional<DomainName> parse(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (name.length() > LONGEST_WRITTEN) {
      return Optional.empty();
    }
    try {
      String ascii = allAscii(name) ? name : IDN.toASCII(name);
      String lower = ascii.toLowerCase(Locale.ROOT);
      return normal(lower) ? Optional.of(new DomainName(lower)) : Optional.empty();
    } catch (RuntimeException notIdna) {
      // Mostly an IllegalArgumentException; of a label that grows too long in Punycode the JDK
      // complains by a bare RuntimeException.
      return Optional.empty();
    }
  }

  /** The labels from left to right. */
  public List<String> labels() {
    return List.of(ascii.split("\\.", -1));
  }

  /** The name without its leftmost label; empty for a single label. */
  public Optional<DomainName> parent() {
    int dot = ascii.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new DomainName(ascii.substring(dot + 1)));
  }

  /** Whether this is {@code other} or a name below it. */
  public boolean isAtOrBelow(DomainName other) {
    int dot = ascii.length() - other.ascii.length() - 1;
    return ascii.endsWith(other.ascii) && (dot < 0 || ascii.charAt(dot) == '.');
  }

  @Override
  public int compareTo(DomainName other) {
    return ascii.compareTo(other.ascii);
  }

  @Override
  public String toString() {
    return ascii;
  }

  private static boolean allAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean normal(String text) {
    if (text.isEmpty() || text.length() > 253) {
      return false;
    }
    int label = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (label == 0) {
          return false;
        }
        label = 0;
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
        if (++label > 63) {
          return false;
        }
      } else {
        return false;
      }
    }
    return label > 0;
  }
}
