package dev.postern.intake.mtahooks;

import dev.postern.intake.OwnFields;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;

/**
 * What the MTA shows, as far as it matters here.
 *
 * @param session whose mail it is, and where it came in
 * @param queueId what the MTA would call it; empty where it does not say
 * @param envelope of the message; addresses in lower case, as Stalwart shows them
 * @param raw the message, put together again
 * @param exact whether these are the octets that came
 * @param own fields in it that only we may write
 */
record HookRequest(
    Session session,
    String queueId,
    Envelope envelope,
    RawMessage raw,
    boolean exact,
    OwnFields own) {

  /**
   * Of the SMTP client.
   *
   * @param client its address
   * @param port of the MTA, where it came in
   * @param signedIn whether it authenticated itself
   */
  record Session(InetAddress client, int port, boolean signedIn) {}
}
