package dev.postern.policy;

import dev.postern.evidence.Evidence;
import dev.postern.evidence.GatewayReport;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * All that rules can see of one message.
 *
 * @param evidence what was found
 * @param envelope what the SMTP client said
 * @param message what the message says of itself
 * @param source the connector that held it, for example {@code smtp}
 * @param context what is known besides
 */
public record Situation(
    Evidence evidence, Envelope envelope, MessageSummary message, String source, Context context) {

  /**
   * What is known besides the message.
   *
   * @param at when it came
   * @param gateway what the gateway says by its own rules
   * @param domain earlier mail from the From domain
   * @param address earlier mail from the From address
   * @param grants the exceptions that are about it
   */
  public record Context(
      ZonedDateTime at,
      Optional<GatewayReport> gateway,
      SenderHistory domain,
      SenderHistory address,
      Granted grants) {

    /** What is known of a message that no grant is about. */
    public Context(
        ZonedDateTime at,
        Optional<GatewayReport> gateway,
        SenderHistory domain,
        SenderHistory address) {
      this(at, gateway, domain, address, Granted.NONE);
    }

    /** Nothing but the time. */
    public static Context at(Instant now) {
      return new Context(
          now.atZone(ZoneOffset.UTC), Optional.empty(), SenderHistory.NONE, SenderHistory.NONE);
    }
  }

  /** The same where clocks show the time of that zone. */
  Situation in(ZoneId zone) {
    ZonedDateTime there = context.at().withZoneSameInstant(zone);
    Context moved =
        new Context(
            there, context.gateway(), context.domain(), context.address(), context.grants());
    return new Situation(evidence, envelope, message, source, moved);
  }
}
