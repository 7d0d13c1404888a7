package dev.postern.mailsystem;

import java.util.ArrayList;
import java.util.List;

/** How a {@link PostfixServer} is set up; {@link #start} starts it. */
public final class PostfixSetup {
  private final List<String> main = new ArrayList<>();
  private final List<String> services = new ArrayList<>();

  PostfixSetup() {}

  /**
   * Adds lines to main.cf, as an administrator would paste them: they go behind the others, and the
   * last word counts.
   */
  public PostfixSetup mainCf(String lines) {
    main.add(lines.stripTrailing());
    return this;
  }

  /** Adds services to master.cf. */
  public PostfixSetup masterCf(String lines) {
    services.add(lines.stripTrailing());
    return this;
  }

  /** Everything that comes in is put on hold. */
  public PostfixSetup holdingAll() {
    return mainCf("smtpd_sender_restrictions = check_sender_access static:HOLD");
  }

  /** Deferred mail is tried again within seconds, not minutes. */
  public PostfixSetup hurrying() {
    return mainCf("queue_run_delay = 2s\nminimal_backoff_time = 2s\nmaximal_backoff_time = 4s");
  }

  /**
   * Starts Postfix and its next hop. Where the package is missing the test is skipped aloud, and
   * fails where CI is set.
   */
  public PostfixServer start() {
    DebianPackage.needed("postfix", "/usr/sbin/postfix");
    DebianPackage.rootNeeded();
    NextHopServer nextHop = NextHopServer.start();
    try {
      return PostfixServer.start(
          nextHop, String.join("\n", main) + "\n", String.join("\n", services) + "\n");
    } catch (RuntimeException | Error failed) {
      nextHop.close();
      throw failed;
    }
  }
}
