package dev.postern.approval;

import dev.postern.evidence.Digest;
import java.time.Instant;

/**
 * What a token is bound to. The MAC that makes it usable stands only on the card.
 *
 * @param id the random id
 * @param caseId the case
 * @param stageId the stage it votes in
 * @param cardId the card that carries it
 * @param place where that card stands
 * @param digest the evidence on the card
 * @param notAfter when it dies by itself
 * @param usesLeft how many people can still redeem it
 */
public record TokenRow(
    TokenId id,
    CaseId caseId,
    long stageId,
    String cardId,
    CardPlace place,
    Digest digest,
    Instant notAfter,
    int usesLeft) {}
