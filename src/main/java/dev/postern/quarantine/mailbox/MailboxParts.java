package dev.postern.quarantine.mailbox;

import dev.postern.card.Finding;
import dev.postern.quarantine.SmtpNextHop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ways to one mailbox, shared by who lists it and who carries out decisions. Safe for many
 * threads.
 */
public final class MailboxParts {
  /** How long it is believed that nothing is wrong. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final MailboxSettings settings;
  private final Box box;
  private final Optional<SmtpNextHop> nextHop;
  private final ReentrantLock asking = new ReentrantLock();
  private long asked;
  private Optional<String> trouble = Optional.empty();

  /** Takes the settings; nothing is connected yet. */
  public MailboxParts(MailboxSettings settings) {
    this.settings = settings;
    this.box =
        switch (settings.place()) {
          case MailboxSettings.Imap imap ->
              new ImapBox(new ImapLink(imap), settings.folders(), settings.fields());
          case MailboxSettings.Maildir maildir -> new MaildirBox(maildir, settings.folders());
        };
    this.nextHop = settings.reinject().map(SmtpNextHop::new);
  }

  MailboxSettings settings() {
    return settings;
  }

  Box box() {
    return box;
  }

  Optional<SmtpNextHop> nextHop() {
    return nextHop;
  }

  boolean reinjects() {
    return nextHop.isPresent();
  }

  /** Looks over how the mailbox is set up, and says what to mend. Changes nothing. */
  public List<Finding> look() {
    return box.look(reinjects());
  }

  /** What keeps it from working, as of half a minute ago at most. Takes seconds. */
  Optional<String> trouble() {
    asking.lock();
    try {
      long now = System.nanoTime();
      if (asked == 0 || now - asked > FRESH.toNanos()) {
        asked = now;
        trouble =
            look().stream()
                .filter(finding -> finding.grade() == Finding.Grade.WRONG)
                .findFirst()
                .map(finding -> finding.what() + ": " + finding.mend());
      }
      return trouble;
    } finally {
      asking.unlock();
    }
  }
}
