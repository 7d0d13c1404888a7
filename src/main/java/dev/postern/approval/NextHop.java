package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.util.List;

/** Where inline connectors hand passed mail to, while their own client still waits. */
public interface NextHop {

  /** Sends the octets unchanged; returns the next hop's own replies per recipient. */
  Outcome send(Envelope envelope, List<EmailAddress> to, RawMessage raw);
}
