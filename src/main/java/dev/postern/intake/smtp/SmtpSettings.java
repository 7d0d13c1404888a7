package dev.postern.intake.smtp;

import dev.postern.mail.Network;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * How an SMTP listener behaves.
 *
 * @param listen address and port; port 0 takes a free one
 * @param hostName the name in the greeting and in the EHLO reply
 * @param software what the greeting says behind the name; a random mark in it lets our own client
 *     recognise this listener and refuse to send mail in a circle
 * @param trusted clients whose XFORWARD counts
 * @param limits the bounds
 * @param offering protocol and further extensions
 */
public record SmtpSettings(
    InetSocketAddress listen,
    String hostName,
    String software,
    Set<Network> trusted,
    Limits limits,
    Offering offering) {

  /** A listener that speaks SMTP without TLS. */
  public SmtpSettings(
      InetSocketAddress listen,
      String hostName,
      String software,
      Set<Network> trusted,
      Limits limits) {
    this(listen, hostName, software, trusted, limits, Offering.smtp());
  }

  /**
   * The bounds of a listener (P16).
   *
   * @param messageSize octets of one message; announced as SIZE
   * @param recipients of one message; RFC 5321 §4.5.3.1.8 asks for at least 100
   * @param connections at once; the next one is told 421
   * @param memory octets of message content at once over all connections, counted twice, since a
   *     message is copied once; past it the answer is 451
   * @param idle how long a client may take for a whole command, and to read a reply; RFC 5321
   *     §4.5.3.2.7 asks for 5 minutes
   * @param message how long it may take for a whole message
   */
  public record Limits(
      int messageSize,
      int recipients,
      int connections,
      long memory,
      Duration idle,
      Duration message) {
    private static final Duration LONGEST_MESSAGE = Duration.ofMinutes(15);

    /** With 15 minutes for a message: 57 kB/s for the largest that is usual. */
    public Limits(int messageSize, int recipients, int connections, long memory, Duration idle) {
      this(messageSize, recipients, connections, memory, idle, LONGEST_MESSAGE);
    }

    /** Refuses bounds under which no message could pass. */
    public Limits {
      if (messageSize < 65_536 || recipients < 100 || connections < 1) {
        throw new IllegalArgumentException(
            "SMTP limits: at least 65536 octets, 100 recipients, 1 connection");
      }
      if (memory < 2L * messageSize) {
        throw new IllegalArgumentException(
            "SMTP limits: memory of " + memory + " octets holds no message of " + messageSize);
      }
    }

    /** 50 MiB a message, and what {@link #forMessagesOf} says. */
    public static Limits usual() {
      return forMessagesOf(50 << 20);
    }

    /** 1000 recipients, 100 connections, 256 MiB or twice the largest message in all, 5 minutes. */
    public static Limits forMessagesOf(int messageSize) {
      long memory = Math.max(256L << 20, 4L * messageSize);
      return new Limits(messageSize, 1000, 100, memory, Duration.ofMinutes(5));
    }
  }

  /** Copies the set, so that settings never change. */
  public SmtpSettings {
    trusted = Set.copyOf(trusted);
  }
}
