package dev.postern.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One delivered message.
 *
 * @param queueId what the next hop called it in its 250 reply
 * @param at when
 * @param from envelope sender; empty for the null sender
 * @param to the first recipients
 * @param more how many there are beyond those
 * @param subject what it calls itself
 * @param size octets
 * @param sha256 of the octets
 */
public record MailboxLine(
    String queueId,
    Instant at,
    Optional<Piece> from,
    List<Piece> to,
    int more,
    Piece subject,
    long size,
    String sha256) {}
