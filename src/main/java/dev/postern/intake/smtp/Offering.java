package dev.postern.intake.smtp;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/**
 * What a listener speaks, and offers beyond what every listener does.
 *
 * @param protocol which protocol
 * @param tls our certificate and key, for STARTTLS (RFC 3207); empty where we have none
 * @param dsn whether wishes for notices can be passed on (RFC 3461); asked at each EHLO
 */
public record Offering(Protocol protocol, Optional<SSLContext> tls, BooleanSupplier dsn) {

  /** What a listener speaks. */
  public enum Protocol {
    /** RFC 5321: one reply after the message, for all recipients. */
    SMTP,
    /** RFC 2033: one reply after the message for each recipient. */
    LMTP
  }

  /** SMTP, and nothing more. */
  public static Offering smtp() {
    return new Offering(Protocol.SMTP, Optional.empty(), () -> false);
  }
}
