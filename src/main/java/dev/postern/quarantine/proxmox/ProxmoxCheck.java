package dev.postern.quarantine.proxmox;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Looks over how Proxmox Mail Gateway is set up, and says what to mend. Changes nothing. */
public final class ProxmoxCheck {
  private final ProxmoxStore store;
  private final InstantSource clock;

  /** Takes the way to Proxmox. */
  public ProxmoxCheck(ProxmoxStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Everything, in the order in which to mend it. */
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try {
      Login.Ticket ticket = store.api().login().ticket();
      findings.add(
          store
              .trouble()
              .map(
                  words ->
                      Finding.wrong(
                          words,
                          "Cases are opened, and nothing of them can be released or discarded.",
                          "Configuration, User Management: role Quarantine Manager"))
              .orElseGet(() -> Finding.well("signed in with the role " + ticket.role())));
    } catch (MailSystemTrouble trouble) {
      findings.add(
          Finding.wrong(
              trouble.words(),
              "Postern does not see what is held.",
              "see mail.proxmox.url, its certificate, user and password (docs/mail/proxmox.md)"));
      return findings;
    }
    store.settings().kinds().forEach(kind -> findings.add(listing(kind)));
    return findings;
  }

  private Finding listing(String kind) {
    Instant now = clock.instant();
    try {
      int held = store.api().list(kind, now.minus(store.settings().window()), now).rows().size();
      return Finding.well("the quarantine for " + kind + " can be listed: " + held + " entries");
    } catch (MailSystemTrouble trouble) {
      return Finding.wrong(
          trouble.words(),
          "Postern does not see what is held for " + kind + ".",
          "take " + kind + " out of mail.proxmox.kinds, or give the user its role");
    }
  }
}
