package dev.postern.quarantine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server is spoken to.
 *
 * @param protocol what it speaks
 * @param tls whether the connection is encrypted
 * @param authorities file of certificates in PEM that are trusted instead of the system's; counts
 *     where certificates are checked
 * @param login how we prove who we are; empty where the server does not ask
 */
public record Link(Protocol protocol, Tls tls, Optional<Path> authorities, Optional<Login> login) {

  /** What a server speaks. */
  public enum Protocol {
    /** RFC 5321: one reply after the message, for all recipients. */
    SMTP("EHLO"),
    /** RFC 2033: one reply after the message for each recipient. */
    LMTP("LHLO");

    private final String hello;

    Protocol(String hello) {
      this.hello = hello;
    }

    /** The verb that asks for extensions. */
    String hello() {
      return hello;
    }
  }

  /** How a connection is encrypted. */
  public enum Tls {
    /** It is not. */
    OFF,
    /** Where the server offers it, whatever its certificate; in clear text otherwise (RFC 7435). */
    OPPORTUNISTIC,
    /** By STARTTLS (RFC 3207), with a certificate for the server's name, or nothing is sent. */
    REQUIRED,
    /** From the first octet (RFC 8314 §3), with a certificate for the server's name. */
    IMPLICIT;

    /** Whether nothing is sent to a server that cannot prove its name. */
    public boolean checked() {
      return this == REQUIRED || this == IMPLICIT;
    }
  }

  /**
   * What we prove by AUTH (RFC 4954).
   *
   * @param user the name
   * @param secret the password; appears nowhere else
   */
  public record Login(String user, String secret) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /** SMTP in clear text, without a name: for servers on the same host. */
  public static Link plain() {
    return new Link(Protocol.SMTP, Tls.OFF, Optional.empty(), Optional.empty());
  }
}
