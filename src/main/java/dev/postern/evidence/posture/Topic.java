package dev.postern.evidence.posture;

/** What a domain can publish about its mail. */
public enum Topic {
  /** Whether there is such a domain. */
  DOMAIN("domain"),
  /** Who takes its mail (RFC 5321 §5.1, RFC 7505). */
  MX("MX"),
  /** RFC 7208. */
  SPF("SPF"),
  /** RFC 6376, 8301, 8463. */
  DKIM("DKIM"),
  /** RFC 9989, reports RFC 9990. */
  DMARC("DMARC"),
  /** RFC 8461. */
  MTA_STS("MTA-STS"),
  /** RFC 8460. */
  TLS_RPT("TLS-RPT"),
  /** draft-brand-indicators-for-message-identification. */
  BIMI("BIMI");

  private final String word;

  Topic(String word) {
    this.word = word;
  }

  /** The word for people and programs. */
  public String word() {
    return word;
  }
}
