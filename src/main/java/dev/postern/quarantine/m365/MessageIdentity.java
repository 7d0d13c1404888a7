package dev.postern.quarantine.m365;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the quarantine calls a message: two GUIDs with a backslash between.
 *
 * @param text as it came; letters keep their case, since ids are compared by octet
 */
record MessageIdentity(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\\\"
              + "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  /** Empty when it is none. */
  static Optional<MessageIdentity> parse(String text) {
    return Optional.of(text).filter(it -> FORM.matcher(it).matches()).map(MessageIdentity::new);
  }

  @Override
  public String toString() {
    return text;
  }
}
