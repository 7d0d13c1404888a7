package dev.postern.approval;

import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.time.Instant;

/**
 * A message that an inline connector wants judged on the spot.
 *
 * @param ref what the hold will be called if it is held
 * @param envelope what the SMTP client said
 * @param raw the octets
 * @param receivedAt when the connector had all of it
 */
public record Message(HoldRef ref, Envelope envelope, RawMessage raw, Instant receivedAt) {}
