package dev.postern.evidence.spf;

import dev.postern.evidence.DnsName;
import dev.postern.evidence.PerAnswer;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** How SPF writes and reads IP addresses. */
final class Addresses {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Addresses() {}

  /** Macro {@code i}: IPv4 as usual, IPv6 as 32 nibbles separated by full stops (RFC 7208 §7.3). */
  static String dotted(InetAddress ip) {
    byte[] octets = ip.getAddress();
    if (octets.length == 4) {
      return ip.getHostAddress();
    }
    StringBuilder nibbles = new StringBuilder();
    for (byte octet : octets) {
      String hex = HEX.toHexDigits(octet);
      nibbles.append(hex.charAt(0)).append('.').append(hex.charAt(1)).append('.');
    }
    return nibbles.substring(0, nibbles.length() - 1);
  }

  /** The name that holds the PTR records of an address. */
  static DnsName reverseName(InetAddress ip) {
    String dotted = dotted(ip);
    StringBuilder reversed = new StringBuilder();
    String[] parts = dotted.split("\\.", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      reversed.append(parts[i]).append('.');
    }
    return new DnsName(reversed + (parts.length == 4 ? "in-addr.arpa" : "ip6.arpa"));
  }

  /** Macro {@code c}: the form of RFC 5952. */
  static String readable(InetAddress ip) {
    byte[] octets = ip.getAddress();
    if (octets.length == 4) {
      return ip.getHostAddress();
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
    }
    int[] zeros = longestZeroRun(groups);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (zeros[1] > 1 && i == zeros[0]) {
        text.append("::");
        i += zeros[1] - 1;
      } else {
        boolean colon = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
        text.append(colon ? ":" : "").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** The addresses of an A or AAAA answer. */
  static final PerAnswer<List<InetAddress>> IN =
      new PerAnswer<>(
          answer -> answer.data().stream().flatMap(text -> parse(text).stream()).toList());

  private static Optional<InetAddress> parse(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Start and length of the first longest run of zero groups. */
  private static int[] longestZeroRun(int[] groups) {
    int[] best = {0, 0};
    int length = 0;
    for (int i = 0; i < groups.length; i++) {
      length = groups[i] == 0 ? length + 1 : 0;
      if (length > best[1]) {
        best = new int[] {i - length + 1, length};
      }
    }
    return best;
  }
}
