package dev.postern.quarantine.exim;

import dev.postern.quarantine.MailLog;
import dev.postern.quarantine.Program;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ways to one Exim, shared by who lists its queue and who carries out decisions. Safe for many
 * threads.
 */
public final class EximParts {
  private static final Duration FOR_A_PROGRAM = Duration.ofSeconds(30);

  /** {@code exim -M} ends when the next hop has answered, for which Exim itself waits minutes. */
  private static final Duration FOR_A_DELIVERY = Duration.ofMinutes(8);

  /** How long it is believed how Exim is set up. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final EximSettings settings;
  private final EximVerbs verbs;
  private final Optional<MailLog> log;
  private final ReentrantLock asking = new ReentrantLock();
  private long asked;
  private Optional<String> trouble = Optional.empty();

  /** Takes the settings; nothing is run yet. */
  public EximParts(EximSettings settings) {
    this.settings = settings;
    this.verbs =
        new EximVerbs(
            new Program(settings.helper(), FOR_A_PROGRAM),
            new Program(settings.helper(), FOR_A_DELIVERY));
    this.log = settings.log().map(file -> new MailLog(file, "mail.exim.log"));
  }

  EximSettings settings() {
    return settings;
  }

  EximVerbs verbs() {
    return verbs;
  }

  Optional<MailLog> log() {
    return log;
  }

  /** What keeps it from working, as of half a minute ago at most. Takes seconds. */
  Optional<String> trouble() {
    asking.lock();
    try {
      long now = System.nanoTime();
      if (asked == 0 || now - asked > FRESH.toNanos()) {
        asked = now;
        trouble = new EximCheck(this).trouble();
      }
      return trouble;
    } finally {
      asking.unlock();
    }
  }
}
