package dev.postern.evidence.spf;

import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;

/**
 * check_host() of RFC 7208 §4, with the limits of §4.6.4: ten terms that ask DNS, two void
 * look-ups, ten names of MX and PTR. Safe for many threads.
 */
public final class SpfCheck {
  private final Dns dns;

  /** Asks {@code dns} for TXT, A, AAAA, MX and PTR records, never for type SPF (§3.1). */
  public SpfCheck(Dns dns) {
    this.dns = dns;
  }

  /**
   * Checks one identity. Never throws for what the domain publishes or its name servers do; a
   * deadline that passes is a temperror (§4.6.4).
   */
  public SpfOutcome check(SpfQuestion question, Deadline by) {
    return new SpfEvaluation(dns, question, by).outcome();
  }
}
