package dev.postern.evidence;

import dev.postern.mail.MessageHash;

/** Where evidence comes from. The two are never mixed. */
public sealed interface Origin {

  /**
   * Postern evaluated the raw message itself.
   *
   * @param messageSha256 of the octets evaluated
   * @param clientIp address of the SMTP client
   * @param helo the name that the client gave; hostile
   * @param mailFrom MAIL FROM; empty for the null sender
   */
  record Computed(MessageHash messageSha256, String clientIp, String helo, String mailFrom)
      implements Origin {}

  /**
   * A gateway evaluated it and told us.
   *
   * @param gateway its authserv-id or configured name
   */
  record Reported(String gateway) implements Origin {}
}
