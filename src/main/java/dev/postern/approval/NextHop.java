package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.util.List;

/** Where mail goes that is passed or released. */
public interface NextHop {

  /**
   * Sends the octets unchanged; returns the next hop's own replies per recipient.
   *
   * @param mandate asked right before the next hop could take the message; where it does not stand
   *     any more, nothing is sent
   */
  Outcome send(Envelope envelope, List<EmailAddress> to, RawMessage raw, Mandate mandate);
}
