package dev.postern.evidence;

import java.util.Locale;

/** What a domain owner asks for mail that fails (RFC 9989: p=, sp=, np=). */
public enum DmarcPolicy {
  NONE,
  QUARANTINE,
  REJECT;

  /** The RFC's word in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
