package dev.postern.evidence.authres;

import dev.postern.mail.HeaderField;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Received field (RFC 5321 §4.4), as far as it tells which host wrote it and whether the message
 * came to that host from outside.
 *
 * <p>It is read word by word and without regard to comments: the name that a client gives itself
 * stands in front and is hostile, so an open parenthesis there must not hide who wrote the field.
 * To take too many names for the writer's costs trust and never gives it.
 *
 * @param writers what stands after each "by", as written; hostile
 * @param fromOutside false where the message was passed on within: it names no client at all, or
 *     only addresses that are private to a site or host
 */
record TraceField(List<String> writers, boolean fromOutside) {
  private static final String SEPARATORS = " \t\r\n();,\"";
  private static final Pattern LITERAL = Pattern.compile("\\[(?:IPv6:)?([^\\]\\[]{0,50})\\]?");
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  /** Copies the list, so that a field never changes. */
  TraceField {
    writers = List.copyOf(writers);
  }

  static TraceField read(HeaderField field) {
    String value = field.unfoldedValue();
    List<String> writers = new ArrayList<>();
    String first = "";
    String before = "";
    StringTokenizer words = new StringTokenizer(value, SEPARATORS);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      first = first.isEmpty() ? word : first;
      if (before.equalsIgnoreCase("by")) {
        writers.add(word);
      }
      before = word;
    }
    boolean fromClient = first.equalsIgnoreCase("from");
    return new TraceField(writers, fromClient && !namesOnlyInsideAddresses(value));
  }

  /** The client's own name may be such an address too, so one from outside outweighs the others. */
  private static boolean namesOnlyInsideAddresses(String value) {
    Matcher literal = LITERAL.matcher(value);
    boolean any = false;
    while (literal.find()) {
      any = true;
      if (!inside(literal.group(1))) {
        return false;
      }
    }
    return any;
  }

  private static boolean inside(String literal) {
    if (!ADDRESS.matcher(literal).matches()) {
      return false;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(literal);
      return address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress()
          || uniqueLocal(address);
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  /** RFC 4193 §3.1: fc00::/7. */
  private static boolean uniqueLocal(InetAddress address) {
    return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
  }
}
