package dev.postern.card;

import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import java.util.Optional;

/**
 * Lets people see forms and answers, and nobody else: whom the platform calls a full member and the
 * settings know.
 */
public final class Doorway {
  private final Directory directory;

  /** Takes who people are. */
  public Doorway(Directory directory) {
    this.directory = directory;
  }

  /**
   * What somebody is told who is not let in; empty for people. May ask the platform: never within a
   * transaction.
   */
  public Optional<Notice> refuses(Identity who) {
    if (directory.refresh(who).isPresent()) {
      return Optional.of(Strangers.notice(Refusal.UNCONFIRMED));
    }
    return directory
        .bars(who)
        .map(Strangers::notice)
        .or(() -> directory.person(who).isPresent() ? Optional.empty() : Optional.of(unknown(who)));
  }

  private static Notice unknown(Identity who) {
    String platform = who.platform().equals("slack") ? "Slack" : "Teams";
    return new Notice(
        "Postern does not know you",
        "Your "
            + platform
            + " account is linked to nobody in Postern's settings. Nothing changed. Ask whoever runs"
            + " Postern to add your member id.");
  }
}
