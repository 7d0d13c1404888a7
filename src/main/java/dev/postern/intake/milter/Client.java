package dev.postern.intake.milter;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The SMTP client that the MTA talks to.
 *
 * @param address where it connects from; loopback for programs on the MTA's own host, and 0.0.0.0
 *     where the MTA does not know
 * @param helo the name that it gave; empty before HELO
 */
record Client(InetAddress address, String helo) {
  private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

  static final Client UNKNOWN = new Client(NOWHERE, "");

  /** Reads the event of a connection: name, family, port, address. */
  static Client of(Packet connect, Macros macros) throws ProtocolBreach {
    var _ = connect.text(); // the name, which the MTA looked up
    char family = connect.letter();
    InetAddress address =
        switch (family) {
          case '4', '6' -> {
            var _ = connect.port();
            yield literal(connect.text()).orElse(NOWHERE);
          }
          case 'L' -> InetAddress.getLoopbackAddress();
          case 'U' -> macros.get("{client_addr}").flatMap(Client::literal).orElse(NOWHERE);
          default -> throw new ProtocolBreach("address family " + (int) family);
        };
    return new Client(address, "");
  }

  Client saying(String name) {
    return new Client(address, name);
  }

  /** Sendmail writes IPv6 with a prefix, Postfix without. Never asks DNS. */
  private static Optional<InetAddress> literal(String text) {
    String bare = text.regionMatches(true, 0, "IPv6:", 0, 5) ? text.substring(5) : text;
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
