package dev.postern.evidence;

import java.util.Locale;

/** Results of check_host() (RFC 7208 §2.6). */
public enum SpfResult {
  PASS,
  FAIL,
  SOFTFAIL,
  NEUTRAL,
  NONE,
  TEMPERROR,
  PERMERROR;

  /** The RFC's word in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
