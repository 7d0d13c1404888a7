package dev.postern.quarantine;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.util.List;
import java.util.Optional;

/**
 * One message on its way to one server.
 *
 * @param envelope whom it is from; its recipients do not count
 * @param to who gets it
 * @param raw the octets, which stay as they are
 * @param origin where it came from, for a server that is to know; empty otherwise
 */
public record Shipment(
    Envelope envelope, List<EmailAddress> to, RawMessage raw, Optional<XForward> origin) {
  /** Copies the list, so that a shipment never changes. */
  public Shipment {
    to = List.copyOf(to);
  }
}
