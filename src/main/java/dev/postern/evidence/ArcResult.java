package dev.postern.evidence;

import java.util.Locale;

/** Chain validation states (RFC 8617 §4.4). */
public enum ArcResult {
  NONE,
  PASS,
  FAIL;

  /** The RFC's word in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
