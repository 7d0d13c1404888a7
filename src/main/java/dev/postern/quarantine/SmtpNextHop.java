package dev.postern.quarantine;

import dev.postern.approval.Mandate;
import dev.postern.approval.NextHop;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.Hops;
import dev.postern.mail.RawMessage;
import dev.postern.mail.StrayDots;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hands mail to the next hop by SMTP or LMTP, octet for octet.
 *
 * <p>One connection and one transaction per message; each recipient gets the server's own reply.
 * Delivered is only what was answered with 250 after the final dot. A connection that is refused or
 * lost before that dot is a temporary failure, one lost behind it leaves the outcome uncertain.
 * Safe for any number of threads, a few of which talk at once; a talk takes at most {@code
 * timing.total}.
 */
public final class SmtpNextHop implements NextHop {
  /** Below what servers take from one client: Postfix's default is 50, and it sends by 20. */
  private static final int MOST_CONNECTIONS = 16;

  private final NextHopSettings where;
  private final Encryption encryption;
  private volatile boolean offersDsn;
  private final Semaphore connections = new Semaphore(MOST_CONNECTIONS, true);

  /**
   * Takes the address; nothing is connected before there is something to send.
   *
   * @throws IllegalArgumentException when the file of authorities cannot be read
   */
  public SmtpNextHop(NextHopSettings where) {
    this.where = where;
    this.encryption = new Encryption(where.link().authorities());
  }

  @Override
  public Outcome send(Envelope envelope, List<EmailAddress> to, RawMessage raw, Mandate mandate) {
    return send(new Shipment(envelope, to, raw, Optional.empty()), mandate);
  }

  /** The same, for a server that is told where the message came from. */
  public Outcome send(Shipment shipment, Mandate mandate) {
    return refusal(shipment.raw())
        .map(words -> Outcome.forAll(shipment.to(), Kind.PERM_FAIL, words))
        .orElseGet(
            () -> handOver(new Handover(where, encryption, shipment, mandate), shipment.to()));
  }

  /** Whether it offered DSN (RFC 3461) when it was last spoken to; not before that. */
  public boolean passesWishesOn() {
    return offersDsn;
  }

  private Outcome handOver(Handover handover, List<EmailAddress> to) {
    if (!mayConnect()) {
      return Outcome.forAll(
          to,
          Kind.TEMP_FAIL,
          where.name() + " is slow: " + MOST_CONNECTIONS + " connections to it are in use");
    }
    try {
      Outcome outcome = handover.run();
      handover.offers().ifPresent(offers -> offersDsn = offers.dsn());
      return outcome;
    } finally {
      connections.release();
    }
  }

  private boolean mayConnect() {
    try {
      return connections.tryAcquire(where.timing().reply().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Optional<String> refusal(RawMessage raw) {
    int dot = StrayDots.find(raw.octets());
    if (dot >= 0) {
      return Optional.of(
          "not sent: a lone dot behind a bare CR or LF at octet "
              + dot
              + " would end the message on some servers (SMTP smuggling)");
    }
    int hops = Hops.count(raw.octets());
    return hops > Hops.MOST
        ? Optional.of(
            "not sent: 554 5.4.6 " + hops + " Received fields, the message goes in a circle")
        : Optional.empty();
  }
}
