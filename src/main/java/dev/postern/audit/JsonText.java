package dev.postern.audit;

import java.util.Optional;

/**
 * The one thing the log needs of JSON: text with strings in it, written as RFC 8785 §3.2.2.2 says
 * and read just as strictly. A cursor over one line.
 */
final class JsonText {
  private static final String SHORT = "btnfr\"\\";
  private static final String MEANT = "\b\t\n\f\r\"\\";

  private final String text;
  private int at;

  JsonText(String text) {
    this.text = text;
  }

  /** Writes a string: short escapes, \\u00xx for other controls, all else as it is. */
  static void quote(String value, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int escape = MEANT.indexOf(c);
      if (escape >= 0) {
        out.append('\\').append(SHORT.charAt(escape));
      } else if (c < ' ') {
        out.append("\\u00").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Steps over these characters if they are next. */
  boolean skip(String expected) {
    boolean there = text.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }

  boolean ended() {
    return at == text.length();
  }

  /** Everything from here to the character before the last {@code kept}. */
  Optional<String> rest(int kept) {
    int end = text.length() - kept;
    if (end < at) {
      return Optional.empty();
    }
    String rest = text.substring(at, end);
    at = end;
    return Optional.of(rest);
  }

  /** Reads a number of at most 18 digits without leading zeroes. */
  Optional<Long> number() {
    int from = at;
    while (at < text.length() && at - from < 18 && isDigit(text.charAt(at))) {
      at++;
    }
    boolean wellFormed = at > from && (text.charAt(from) != '0' || at == from + 1);
    return wellFormed ? Optional.of(Long.valueOf(text.substring(from, at))) : Optional.empty();
  }

  /** Reads a quoted string; empty where none stands here. */
  Optional<String> string() {
    if (!skip("\"")) {
      return Optional.empty();
    }
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return Optional.of(value.toString());
      }
      if (c < ' ' || (c == '\\' && !escape(value))) {
        return Optional.empty();
      }
      if (c != '\\') {
        value.append(c);
      }
    }
    return Optional.empty();
  }

  private boolean escape(StringBuilder value) {
    if (at == text.length()) {
      return false;
    }
    char c = text.charAt(at++);
    int meant = SHORT.indexOf(c);
    if (meant >= 0) {
      value.append(MEANT.charAt(meant));
      return true;
    }
    // A control character is the only thing that is ever written as \\u00xx.
    if (c != 'u' || !skip("00") || at + 2 > text.length()) {
      return false;
    }
    int high = Character.digit(text.charAt(at), 2);
    int low = Character.digit(text.charAt(at + 1), 16);
    at += 2;
    value.append((char) (high * 16 + low));
    return high >= 0 && low >= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
