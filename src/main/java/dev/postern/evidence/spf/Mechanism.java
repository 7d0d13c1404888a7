package dev.postern.evidence.spf;

import java.net.InetAddress;
import java.util.Optional;

/** The mechanisms of RFC 7208 §5. An absent domain means the domain being checked. */
sealed interface Mechanism {

  record All() implements Mechanism {}

  record Include(MacroString domain) implements Mechanism {}

  record A(Optional<MacroString> domain, Prefixes prefixes) implements Mechanism {}

  record Mx(Optional<MacroString> domain, Prefixes prefixes) implements Mechanism {}

  record Ptr(Optional<MacroString> domain) implements Mechanism {}

  /** {@code ip4} and {@code ip6}. */
  record Ip(InetAddress network, int prefix) implements Mechanism {}

  record Exists(MacroString domain) implements Mechanism {}

  /** dual-cidr-length (RFC 7208 §5.6). */
  record Prefixes(int ip4, int ip6) {
    /** Whether {@code ip} lies in the network that {@code address} names. */
    boolean cover(InetAddress address, InetAddress ip) {
      return covers(address, ip.getAddress().length == 4 ? ip4 : ip6, ip);
    }
  }

  /** Whether the first {@code prefix} bits are equal; never across address families. */
  static boolean covers(InetAddress network, int prefix, InetAddress ip) {
    byte[] left = network.getAddress();
    byte[] right = ip.getAddress();
    if (left.length != right.length) {
      return false;
    }
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (left[i] != right[i]) {
        return false;
      }
    }
    int rest = prefix % 8;
    return rest == 0 || ((left[whole] ^ right[whole]) & 0xff) >> (8 - rest) == 0;
  }
}
