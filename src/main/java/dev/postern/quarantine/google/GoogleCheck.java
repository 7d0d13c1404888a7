package dev.postern.quarantine.google;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import java.util.List;

/** Looks over how Google Workspace is set up, and says what to mend. Changes nothing. */
public final class GoogleCheck {
  private final GoogleParts parts;

  /** Takes the way to the Workspace. */
  public GoogleCheck(GoogleParts parts) {
    this.parts = parts;
  }

  /** Everything, in the order in which to mend it. */
  public List<Finding> look() {
    try {
      int seen = parts.api().glance();
      return List.of(
          Finding.well(
              "the quarantine can be listed: " + (seen == 0 ? "it is empty" : "it holds mail")));
    } catch (MailSystemTrouble trouble) {
      return List.of(
          Finding.wrong(
              trouble.words(),
              "Postern does not see what is in quarantine.",
              "see docs/mail/google.md"));
    }
  }
}
