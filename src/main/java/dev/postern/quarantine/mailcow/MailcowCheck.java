package dev.postern.quarantine.mailcow;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import java.util.List;

/** Looks over how mailcow is set up, and says what to mend. Changes nothing. */
public final class MailcowCheck {
  private final MailcowStore store;

  /** Takes the way to mailcow. */
  public MailcowCheck(MailcowStore store) {
    this.store = store;
  }

  /** Everything, in the order in which to mend it. */
  public List<Finding> look() {
    try {
      int held = store.listed().size();
      return List.of(
          Finding.well("the quarantine can be listed: " + held + " rows"),
          Finding.advice(
              "whether the API key may write is seen at the first release",
              "mailcow has no call that would tell, and changes nothing.",
              "in mailcow: System, Configuration, API, read-write access"));
    } catch (MailSystemTrouble trouble) {
      return List.of(
          Finding.wrong(
              trouble.words(),
              "Postern does not see what is held.",
              "see mail.mailcow.url and mail.mailcow.api-key (docs/mail/mailcow.md)"));
    }
  }
}
