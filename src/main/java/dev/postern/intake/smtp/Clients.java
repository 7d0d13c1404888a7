package dev.postern.intake.smtp;

import dev.postern.mail.Network;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.server.Session;

/** What is known of each connected client beyond what the library keeps. */
final class Clients {
  private final Set<Network> trusted;
  private final Map<MessageContext, Forwarded> forwarded = new ConcurrentHashMap<>();

  Clients(Set<Network> trusted) {
    this.trusted = trusted;
  }

  /** Whether this client may speak for others. */
  boolean trusts(Session session) {
    InetAddress peer = session.getRealRemoteAddress().getAddress();
    return trusted.stream().anyMatch(network -> network.contains(peer));
  }

  /** What the client forwarded for the transaction that comes or runs. */
  Forwarded forwarded(MessageContext session) {
    return forwarded.getOrDefault(session, Forwarded.NOTHING);
  }

  void forward(MessageContext session, Forwarded attributes) {
    forwarded.put(session, attributes);
  }

  /**
   * The end of a transaction or of the connection: as in Postfix, the attributes do not outlive it.
   */
  void forget(MessageContext session) {
    forwarded.remove(session);
  }
}
