package dev.postern.quarantine.mailbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What IMAP never gives to another message (RFC 9051 §2.3.1.1): folder, UIDVALIDITY and UID
 * together.
 */
record ImapId(String folder, long validity, long uid) {
  private static final Pattern FORM = Pattern.compile("(.{1,120});([0-9]{1,10});([0-9]{1,10})");

  static Optional<ImapId> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(
            new ImapId(form.group(1), Long.parseLong(form.group(2)), Long.parseLong(form.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return folder + ";" + validity + ";" + uid;
  }
}
