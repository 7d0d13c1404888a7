package dev.postern.approval;

import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that an inline connector wants judged on the spot.
 *
 * @param ref what the hold will be called if it is held
 * @param envelope what the SMTP client said
 * @param raw the octets
 * @param receivedAt when the connector had all of it
 * @param changedBy who showed it with other octets than those that came, so that no signature in it
 *     means anything; empty where the octets are exact
 */
public record Message(
    HoldRef ref,
    Envelope envelope,
    RawMessage raw,
    Instant receivedAt,
    Optional<String> changedBy) {

  /** One with exact octets. */
  public Message(HoldRef ref, Envelope envelope, RawMessage raw, Instant receivedAt) {
    this(ref, envelope, raw, receivedAt, Optional.empty());
  }
}
