package dev.postern.quarantine.mailcow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the quarantine: its number, and the queue id that the message had. A number alone may
 * be given again, for example after a database was restored.
 */
record ItemId(String number, String queueId) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17})\\.([0-9A-Za-z]{1,30})");

  /** What mailcow calls it; whatever is no queue id counts as none. */
  static Optional<ItemId> of(String number, String queueId) {
    return parse(number + "." + (queueId.matches("[0-9A-Za-z]{1,30}") ? queueId : "none"));
  }

  /** Reads what {@link #text} wrote. */
  static Optional<ItemId> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ItemId(form.group(1), form.group(2)))
        : Optional.empty();
  }

  /** Both in one. */
  String text() {
    return number + "." + queueId;
  }

  @Override
  public String toString() {
    return text();
  }
}
