package dev.postern.policy;

import dev.postern.evidence.Evidence;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;

/**
 * All that rules can see of one message.
 *
 * @param evidence what was found
 * @param envelope what the SMTP client said
 * @param message what the message says of itself
 * @param source the connector that held it, for example {@code smtp}
 */
public record Situation(
    Evidence evidence, Envelope envelope, MessageSummary message, String source) {}
