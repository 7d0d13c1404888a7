package dev.postern.quarantine.postfix;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.Program;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What matters of how Postfix is set up, as {@code postconf} says it.
 *
 * @param longQueueIds enable_long_queue_ids
 * @param lifetime maximal_queue_lifetime: what is older bounces at the first temporary failure
 * @param bounceLifetime bounce_queue_lifetime, which counts for the null sender
 * @param lineLimit smtp_line_length_limit; 0 for none
 * @param externalAddresses whether the log shows addresses as they are written (RFC 5321)
 */
record MainCf(
    boolean longQueueIds,
    Duration lifetime,
    Duration bounceLifetime,
    int lineLimit,
    boolean externalAddresses) {
  private static final int MOST_PRINTED = 1024 * 1024;
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhdw]?)");
  private static final List<String> NAMES =
      List.of(
          "enable_long_queue_ids",
          "maximal_queue_lifetime",
          "bounce_queue_lifetime",
          "smtp_line_length_limit",
          "info_log_address_format");

  /**
   * Asks Postfix.
   *
   * @throws MailSystemTrouble when it does not say
   */
  static MainCf read(Program postconf) {
    String[] arguments = new String[NAMES.size() + 1];
    arguments[0] = "-h";
    for (int i = 0; i < NAMES.size(); i++) {
      arguments[i + 1] = NAMES.get(i);
    }
    Program.Ran<String> ran = postconf.run(MOST_PRINTED, arguments);
    List<String> values = ran.result().lines().map(String::strip).toList();
    if (ran.exit() != 0 || values.size() != NAMES.size()) {
      throw new MailSystemTrouble("postconf does not say how Postfix is set up: " + ran.lastWord());
    }
    return new MainCf(
        values.get(0).equals("yes"),
        time(NAMES.get(1), values.get(1)),
        time(NAMES.get(2), values.get(2)),
        values.get(3).matches("[0-9]{1,9}") ? Integer.parseInt(values.get(3)) : 0,
        values.get(4).equals("external"));
  }

  /**
   * The value of a setting of the service at that port, as master.cf overrides it; empty where it
   * does not.
   */
  static Optional<String> override(Program postconf, int port, String name) {
    Pattern line =
        Pattern.compile("(?:\\S*:)?" + port + "/inet/" + Pattern.quote(name) + " = ?(.*)");
    return postconf
        .run(MOST_PRINTED, "-P")
        .result()
        .lines()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1).strip())
        .findFirst();
  }

  /** How old a message of this kind may get in the queue. */
  Duration lifetimeOf(QueueEntry entry) {
    return entry.fromNobody() ? bounceLifetime : lifetime;
  }

  /** Without a unit, days for both of these. */
  private static Duration time(String name, String value) {
    Matcher form = TIME.matcher(value);
    if (!form.matches()) {
      throw new MailSystemTrouble(name + " is " + value + ", which is no time");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "w" -> Duration.ofDays(7 * number);
      default -> Duration.ofDays(number);
    };
  }
}
