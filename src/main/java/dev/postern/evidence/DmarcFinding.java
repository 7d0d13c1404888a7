package dev.postern.evidence;

/**
 * DMARC for the From domain (RFC 9989).
 *
 * @param result the result
 * @param fromDomain the author domain; empty where From names none or several
 * @param organizationalDomain of the author domain by the tree walk (§4.10.2); empty if unknown
 * @param policyDomain where the policy record was found; empty without one
 * @param policy what the record asks for, after sp= and np=, before t=; NONE without a record
 * @param disposition what the domain owner asks for this very message: NONE on a pass
 * @param testMode t=y
 * @param record the record as published; hostile, empty without one
 * @param problem why there is no pass or fail, in our words; otherwise empty
 */
public record DmarcFinding(
    DmarcResult result,
    String fromDomain,
    String organizationalDomain,
    String policyDomain,
    DmarcPolicy policy,
    DmarcPolicy disposition,
    boolean testMode,
    String record,
    String problem) {}
