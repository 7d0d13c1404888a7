package dev.postern.approval;

import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that a mail system keeps back, as a following connector reports it.
 *
 * @param ref what the mail system calls it
 * @param envelope what the SMTP client said
 * @param raw the octets, where they can be had
 * @param summary what the message says of itself; derived from {@code raw} where that is present
 * @param gateway who reports it; named on the card where nothing could be computed
 * @param receivedAt when the mail system took it
 * @param event the event as it came, for the record
 */
public record Hold(
    HoldRef ref,
    Envelope envelope,
    Optional<RawMessage> raw,
    MessageSummary summary,
    String gateway,
    Instant receivedAt,
    String event) {}
