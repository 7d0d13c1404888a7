package dev.postern.evidence;

import java.util.Locale;

/** Results of a DMARC evaluation (RFC 9989, RFC 8601 §2.7). */
public enum DmarcResult {
  PASS,
  FAIL,
  NONE,
  TEMPERROR,
  PERMERROR;

  /** The RFC's word in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
