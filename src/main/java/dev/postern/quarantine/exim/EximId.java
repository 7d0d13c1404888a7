package dev.postern.quarantine.exim;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Exim calls a message: {@code 1xVdvi-0001fQ-2g}, and since 4.97 with eleven and four
 * characters in the later parts.
 */
record EximId(String text) {
  static final String FORM =
      "[0-9A-Za-z]{6}-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4})";
  private static final Pattern WHOLE = Pattern.compile(FORM);
  private static final int LONGEST = 23;

  /** Reads an id; empty where it is none, whatever it is. */
  static Optional<EximId> parse(String text) {
    return text.length() <= LONGEST && WHOLE.matcher(text).matches()
        ? Optional.of(new EximId(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
