package dev.postern.teams.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How addresses of Microsoft's services are put together, out of ids that come from outside. */
public final class Address {
  private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[::1]|127([.]\\d{1,3}){3}");
  private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/");
  private static final String UNRESERVED = "-._~";

  private Address() {}

  /**
   * Reads the address of a service that a token may be sent to: encrypted, or of this very machine;
   * no user, no query, no fragment, and no path that could be read in two ways.
   *
   * @return it, ending in a slash; empty when it is none
   */
  static Optional<URI> service(String text) {
    try {
      URI address = new URI(text.endsWith("/") ? text : text + "/");
      String host = String.valueOf(address.getHost());
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      boolean bare =
          address.getRawUserInfo() == null
              && address.getRawQuery() == null
              && address.getRawFragment() == null
              && PLAIN_PATH.matcher(String.valueOf(address.getRawPath())).matches();
      boolean safe = scheme.equals("https") || (scheme.equals("http") && isLoopback(host));
      return bare && safe && address.getHost() != null ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException noAddress) {
      return Optional.empty();
    }
  }

  /** Whether an address is one of these, which end in a slash, or below one. */
  static boolean below(URI address, List<URI> allowed) {
    return allowed.stream().anyMatch(it -> lower(address).startsWith(lower(it)));
  }

  private static String lower(URI address) {
    return address.toString().toLowerCase(Locale.ROOT);
  }

  /** Whether a host, with the brackets of an IPv6 address, is this very machine. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * A text as one segment of a path: everything is percent-encoded but what RFC 3986 §2.3 calls
   * unreserved.
   *
   * @throws IllegalArgumentException when no encoding keeps it one segment (RFC 3986 §5.2.4)
   */
  static String segment(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException("an id of Teams must not be empty, . or ..");
    }
    StringBuilder encoded = new StringBuilder(text.length() + 32);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }
}
