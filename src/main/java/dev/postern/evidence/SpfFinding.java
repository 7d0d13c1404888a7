package dev.postern.evidence;

/**
 * SPF for one identity (RFC 7208).
 *
 * @param result the result of check_host()
 * @param identity which identity was checked
 * @param domain the domain that was checked, lower case; empty where there was none
 * @param mechanism the term that matched, as the record writes it; empty if none did or it is not
 *     known
 * @param explanation text that the domain publishes for a fail (exp=); hostile, often empty
 * @param problem why the result is permerror or temperror, in our words; otherwise empty
 * @param aligned whether the domain is aligned with the From domain (RFC 9989 §4.4)
 */
public record SpfFinding(
    SpfResult result,
    Identity identity,
    String domain,
    String mechanism,
    String explanation,
    String problem,
    boolean aligned) {

  /** The identities of RFC 7208 §2.3 and §2.4. */
  public enum Identity {
    HELO,
    MAILFROM
  }
}
