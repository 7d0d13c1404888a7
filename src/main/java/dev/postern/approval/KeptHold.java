package dev.postern.approval;

import java.time.Instant;

/**
 * A hold whose case is not decided, in brief.
 *
 * @param id its case
 * @param ref what the mail system calls it
 * @param receivedAt when the mail system took it
 */
public record KeptHold(CaseId id, HoldRef ref, Instant receivedAt) {}
