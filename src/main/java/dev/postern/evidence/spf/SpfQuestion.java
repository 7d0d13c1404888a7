package dev.postern.evidence.spf;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * The arguments of check_host() (RFC 7208 §4.1), with the HELO name for macro {@code h}. Texts are
 * octets (ISO-8859-1), since macros put them into DNS names.
 *
 * @param ip the SMTP client; an IPv4-mapped address counts as IPv4, which {@link InetAddress} does
 * @param domain the domain to check; may be no domain at all
 * @param localPart of the sender, never empty
 * @param helo what the client said; may be anything
 * @param now seconds since 1970, for macro {@code t}
 */
public record SpfQuestion(InetAddress ip, String domain, String localPart, String helo, long now) {

  /** RFC 7208 §4.3: what a sender without local part is taken for. */
  private static final String POSTMASTER = "postmaster";

  /** The MAIL FROM identity; {@code postmaster@helo} for the null sender (RFC 7208 §2.4). */
  public static SpfQuestion mailFrom(Envelope envelope, long now) {
    return envelope
        .mailFrom()
        .map(sender -> of(envelope, sender, now))
        .orElseGet(() -> helo(envelope, now));
  }

  /** The HELO identity (RFC 7208 §2.3). */
  public static SpfQuestion helo(Envelope envelope, long now) {
    String helo = octets(envelope.helo());
    return new SpfQuestion(envelope.clientIp(), helo, POSTMASTER, helo, now);
  }

  /** Sender text as the conformance suite writes it: possibly empty, possibly malformed. */
  static SpfQuestion of(InetAddress ip, String sender, String helo, long now) {
    int at = sender.lastIndexOf('@');
    String local = at > 0 ? sender.substring(0, at) : POSTMASTER;
    String domain = sender.isEmpty() ? helo : sender.substring(at + 1);
    return new SpfQuestion(ip, domain, local, helo, now);
  }

  private static SpfQuestion of(Envelope envelope, EmailAddress sender, long now) {
    return new SpfQuestion(
        envelope.clientIp(),
        sender.domain().ascii(),
        octets(sender.localPart()),
        octets(envelope.helo()),
        now);
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  String sender() {
    return localPart + "@" + domain;
  }
}
