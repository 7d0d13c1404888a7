package dev.postern.evidence.dmarc;

import dev.postern.mail.DomainName;

/**
 * A domain that SPF or DKIM spoke of.
 *
 * @param mechanism which of the two
 * @param domain the domain of MAIL FROM, or d=
 * @param standing what was found
 */
public record Identifier(Mechanism mechanism, DomainName domain, Standing standing) {

  /** Who speaks; each has its own alignment mode. */
  public enum Mechanism {
    SPF,
    DKIM
  }

  /** What DMARC needs to know of the result. */
  public enum Standing {
    /** The domain is authenticated. */
    PASSED,
    /** It may be authenticated when DNS answers again. */
    UNDECIDED,
    /** It is not. */
    NOT_PASSED
  }

  /** Whether an identifier and the author domain belong together (RFC 9989 §4.4). */
  public enum Alignment {
    ALIGNED,
    NOT_ALIGNED,
    /** DNS gave no answer. */
    UNKNOWN
  }
}
