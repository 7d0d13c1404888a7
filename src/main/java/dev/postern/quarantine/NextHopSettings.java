package dev.postern.quarantine;

import java.time.Duration;

/**
 * Where mail goes that may go.
 *
 * @param host name or address of the MTA
 * @param port its port
 * @param helo the name that we give in EHLO
 * @param loopMark text in the greeting of our own listeners; a server that shows it is ourselves
 * @param timing how long we wait
 * @param link protocol, encryption and login
 */
public record NextHopSettings(
    String host, int port, String helo, String loopMark, Timing timing, Link link) {

  /** A server that speaks SMTP in clear text and asks for no login, such as one on this host. */
  public NextHopSettings(String host, int port, String helo, String loopMark, Timing timing) {
    this(host, port, helo, loopMark, timing, Link.plain());
  }

  /** The same server, spoken to in another way. */
  public NextHopSettings by(Link other) {
    return new NextHopSettings(host, port, helo, loopMark, timing, other);
  }

  /**
   * How long we wait. RFC 5321 §4.5.3.2 asks for minutes, but an inline client waits for us
   * meanwhile, so {@code total} stays below the ten minutes that it waits itself.
   *
   * @param connect for the connection
   * @param reply for the reply to a command
   * @param afterDot for the reply to the message
   * @param total for all of it, also when the peer reads or answers octet by octet
   */
  public record Timing(Duration connect, Duration reply, Duration afterDot, Duration total) {
    /** 15 s, 60 s, 5 min, 8 min. */
    public static Timing usual() {
      return new Timing(
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(8));
    }
  }

  /** For words on cards and in the log. */
  String name() {
    return host + ":" + port;
  }
}
