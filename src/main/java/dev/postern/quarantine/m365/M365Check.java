package dev.postern.quarantine.m365;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks over how Microsoft 365 is set up, and says what to mend. Changes nothing. */
public final class M365Check {
  private static final Duration SOON = Duration.ofDays(30);
  private static final String PAGE = "docs/mail/microsoft365.md";

  private final M365Parts parts;

  /** Takes the way to the organisation. */
  public M365Check(M365Parts parts) {
    this.parts = parts;
  }

  /** Everything, in the order in which to mend it. */
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(certificate());
    findings.add(listing());
    return findings;
  }

  private Finding certificate() {
    Instant end = parts.settings().app().certificate().end();
    Instant now = parts.clock().instant();
    if (now.isAfter(end)) {
      return Finding.wrong(
          "mail.m365.certificate ended on " + end,
          "Entra gives no token for it.",
          "make a new one and upload it (" + PAGE + ")");
    }
    return now.plus(SOON).isAfter(end)
        ? Finding.advice(
            "mail.m365.certificate ends on " + end,
            "Nothing can be listed or released after that.",
            "make a new one and upload it (" + PAGE + ")")
        : Finding.well("the certificate is good until " + end);
  }

  private Finding listing() {
    try {
      int seen = parts.cmdlets().glance(parts.clock().instant());
      return Finding.well(
          "the quarantine can be listed: " + (seen == 0 ? "it is empty" : "it holds mail"));
    } catch (MailSystemTrouble trouble) {
      return Finding.wrong(
          trouble.words(), "Postern does not see what is in quarantine.", "see " + PAGE);
    }
  }
}
