package dev.postern.slack;

import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.card.Notice;
import dev.postern.card.Strangers;
import java.util.Optional;

/**
 * Lets people see forms and answers, and nobody else: whom the workspace calls a full member and
 * the settings know.
 */
final class Doorway {
  private static final Notice NOBODY =
      new Notice(
          "Postern does not know you",
          "Your Slack account is linked to nobody in Postern's settings. Nothing changed. Ask"
              + " whoever runs Postern to add your member id.");

  private final Directory directory;

  Doorway(Directory directory) {
    this.directory = directory;
  }

  /**
   * What somebody is told who is not let in; empty for people. Asks Slack, for two seconds at most.
   */
  Optional<Notice> refuses(Identity who) {
    if (directory.refresh(who).isPresent()) {
      return Optional.of(Strangers.notice(Refusal.UNCONFIRMED));
    }
    return directory
        .bars(who)
        .map(Strangers::notice)
        .or(() -> directory.person(who).isPresent() ? Optional.empty() : Optional.of(NOBODY));
  }
}
