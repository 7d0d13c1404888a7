package dev.postern.approval;

import java.util.Optional;

/**
 * One message on one surface for one case.
 *
 * @param id key of the row
 * @param caseId the case
 * @param place where
 * @param externalId the platform's id of the message, once posted
 * @param token the token of the open stage for this card; empty when nothing can be decided
 * @param desired revision that tells the truth
 * @param applied revision that people see; 0 before it is posted
 */
public record CardRow(
    String id,
    CaseId caseId,
    CardPlace place,
    Optional<String> externalId,
    Optional<TokenId> token,
    int desired,
    int applied) {}
