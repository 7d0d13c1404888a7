package dev.postern.quarantine.google;

import dev.postern.mail.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the quarantine calls a message: whose mailbox it is for, and the id of Gmail. A message to
 * three people has three names.
 *
 * @param owner whose mailbox
 * @param id of Gmail
 */
record MessageName(EmailAddress owner, String id) {
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9.!#$&'*+=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,100}):([0-9a-zA-Z]{1,32})");
  private static final String PLAIN = "-._~@:";

  /** Reads {@code owner:id}; empty when it is none. */
  static Optional<MessageName> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? EmailAddress.parse(form.group(1))
            // As it came, since ids are compared by octet.
            .filter(owner -> owner.toString().equals(form.group(1)))
            .map(owner -> new MessageName(owner, form.group(2)))
        : Optional.empty();
  }

  /** As a segment of a path (RFC 3986 §3.3). */
  String segment() {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : toString().getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return owner + ":" + id;
  }
}
