package dev.postern.approval;

import dev.postern.evidence.Digest;
import java.time.Instant;

/**
 * A click that counted.
 *
 * @param stageId the stage it counts for
 * @param personId who, by the key of the settings
 * @param personName as shown when the vote was cast
 * @param choice what for
 * @param reason the person's words; empty without
 * @param digest the evidence that was on the card
 * @param surface where it was cast
 * @param at when
 */
public record Vote(
    long stageId,
    String personId,
    String personName,
    Choice choice,
    String reason,
    Digest digest,
    String surface,
    Instant at) {}
