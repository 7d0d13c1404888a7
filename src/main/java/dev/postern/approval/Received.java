package dev.postern.approval;

/**
 * What became of a hold that was delivered.
 *
 * @param caseId its case
 * @param duplicate whether the case existed before
 */
public record Received(CaseId caseId, boolean duplicate) {}
