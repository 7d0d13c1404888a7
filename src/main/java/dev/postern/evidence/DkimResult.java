package dev.postern.evidence;

import java.util.Locale;

/** Results of one DKIM signature (RFC 8601 §2.7.1). */
public enum DkimResult {
  PASS,
  FAIL,
  POLICY,
  NEUTRAL,
  TEMPERROR,
  PERMERROR;

  /** The RFC's word in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
