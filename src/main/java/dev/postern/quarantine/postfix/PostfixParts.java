package dev.postern.quarantine.postfix;

import dev.postern.quarantine.MailLog;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.Program;
import dev.postern.quarantine.SmtpNextHop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ways to one Postfix, shared by who lists its queue and who carries out decisions. Safe for
 * many threads.
 */
public final class PostfixParts {
  private static final Duration FOR_A_PROGRAM = Duration.ofSeconds(30);

  /** Long enough for a next hop that looks at mail; those that take longer are told as queued. */
  private static final Duration FOR_A_DELIVERY = Duration.ofSeconds(5);

  /** How long it is believed how Postfix is set up. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private static final Duration USUAL_LIFETIME = Duration.ofDays(5);

  private final PostfixSettings settings;
  private final Program postconf;
  private final Queue queue;
  private final FixedVerbs verbs;
  private final Optional<MailLog> log;
  private final Trails trails = new Trails(FOR_A_DELIVERY);
  private final Optional<HandBack> handBack;
  private final ReentrantLock asking = new ReentrantLock();
  private long asked;
  private volatile Optional<MainCf> known = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();

  /** Takes the settings; nothing is run yet. */
  public PostfixParts(PostfixSettings settings) {
    this.settings = settings;
    this.postconf = new Program(command("postconf"), FOR_A_PROGRAM);
    this.queue = new Queue(new Program(command("postqueue"), FOR_A_PROGRAM));
    this.verbs = new FixedVerbs(new Program(settings.helper(), FOR_A_PROGRAM));
    this.log = settings.log().map(file -> new MailLog(file, "mail.postfix.log"));
    this.handBack =
        settings
            .reinject()
            .map(SmtpNextHop::new)
            .map(
                service ->
                    new HandBack(
                        new HandBack.Means(verbs, service, log, trails), settings.largest()));
  }

  private List<String> command(String name) {
    List<String> command = new ArrayList<>(List.of(settings.programs().resolve(name).toString()));
    settings
        .config()
        .map(Path::toString)
        .ifPresent(config -> command.addAll(List.of("-c", config)));
    return command;
  }

  PostfixSettings settings() {
    return settings;
  }

  Queue queue() {
    return queue;
  }

  FixedVerbs verbs() {
    return verbs;
  }

  Optional<MailLog> log() {
    return log;
  }

  Trails trails() {
    return trails;
  }

  Optional<HandBack> handBack() {
    return handBack;
  }

  /** How old a message of this kind may get; what Postfix is built with where it does not say. */
  Duration lifetimeOf(QueueEntry entry) {
    if (known.isEmpty()) {
      look();
    }
    return known.map(cf -> cf.lifetimeOf(entry)).orElse(USUAL_LIFETIME);
  }

  /** What keeps it from working, as of half a minute ago at most. Takes seconds. */
  Optional<String> trouble() {
    asking.lock();
    try {
      long now = System.nanoTime();
      if (asked == 0 || now - asked > FRESH.toNanos()) {
        asked = now;
        look();
      }
      return trouble;
    } finally {
      asking.unlock();
    }
  }

  private void look() {
    PostfixCheck check = new PostfixCheck(this);
    trouble = check.trouble();
    check.mainCf().ifPresent(cf -> known = Optional.of(cf));
  }

  Optional<Integer> reinjectPort() {
    return settings.reinject().map(NextHopSettings::port);
  }

  Program postconf() {
    return postconf;
  }
}
