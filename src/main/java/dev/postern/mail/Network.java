package dev.postern.mail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/**
 * A range of addresses, {@code 192.0.2.0/24} or {@code 2001:db8::/32} (RFC 4632 §3.1).
 *
 * @param base an address of the range
 * @param prefix how many leading bits are the range's
 */
public record Network(InetAddress base, int prefix) {
  /** The addresses of this machine's loopback interface. */
  public static final Set<Network> LOOPBACK =
      Set.of(new Network(literal("127.0.0.0"), 8), new Network(literal("::1"), 128));

  /** Refuses a prefix that is longer than the address. */
  public Network {
    if (prefix < 0 || prefix > base.getAddress().length * 8) {
      throw new IllegalArgumentException("no prefix length of " + base + ": " + prefix);
    }
  }

  /** The range of that prefix length that the address is of; its base has no bits behind it. */
  public static Network around(InetAddress address, int prefix) {
    byte[] octets = address.getAddress();
    for (int i = 0; i < octets.length; i++) {
      int bits = Math.clamp(prefix - i * 8L, 0, 8);
      octets[i] &= (byte) (0xFF << (8 - bits));
    }
    try {
      return new Network(InetAddress.getByAddress(octets), prefix);
    } catch (UnknownHostException ofWrongLength) {
      throw new IllegalStateException(ofWrongLength);
    }
  }

  /** Reads {@code address} or {@code address/prefix}; never asks DNS. Empty when it is neither. */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress base = literal(slash < 0 ? text : text.substring(0, slash));
      int all = base.getAddress().length * 8;
      return Optional.of(
          new Network(base, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1))));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** Whether the address is of this range. */
  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] its = address.getAddress();
    if (mine.length != its.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (its[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress literal(String text) {
    return InetAddress.ofLiteral(text);
  }
}
