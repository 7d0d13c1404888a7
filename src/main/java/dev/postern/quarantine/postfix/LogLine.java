package dev.postern.quarantine.postfix;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the mail log that tells of a message. Postfix makes control characters visible before
 * it writes, so that a line is one line; what stands in {@code text} may be hostile.
 *
 * @param service who wrote it: {@code qmgr}, {@code smtp}, {@code smtpd}, {@code postsuper}, …
 * @param id of which message
 * @param text what it says
 */
record LogLine(String service, QueueId id, String text) {
  /** As postlogd and syslog write the time, and as rsyslog does in its newer form. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}T\\S+) \\S+"
              + " \\S*?([a-z-]+)\\[[0-9]+\\]: ([0-9A-Za-z]{6,24}): (.*)");

  /** Reads a line; empty where it tells of no message. */
  static Optional<LogLine> parse(String line) {
    Matcher form = FORM.matcher(line);
    return form.matches()
        ? QueueId.parse(form.group(2)).map(id -> new LogLine(form.group(1), id, form.group(3)))
        : Optional.empty();
  }
}
