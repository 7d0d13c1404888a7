package dev.postern.evidence.authres;

/**
 * Puts the value of a field together: words apart by one space, lines short where they can be, and
 * every value quoted that is no token (RFC 8601 §2.2, RFC 5322 §2.2.3).
 */
final class FieldWriter {
  private static final int LONGEST_LINE = 78;

  /** So that a line stays below the 998 octets of RFC 5322 §2.1.1, whatever a value holds. */
  private static final int LONGEST_VALUE = 300;

  private static final String IN_TOKEN = "!#$%&'*+-.^_`{|}~";

  private final StringBuilder field = new StringBuilder();
  private int column;
  private boolean lineIsEmpty = true;

  /** The value so far. */
  String value() {
    return field.toString();
  }

  /** One word, moved to a new line where it would not fit. */
  FieldWriter word(String word) {
    if (!lineIsEmpty && column + 1 + word.length() > LONGEST_LINE) {
      fold();
    } else if (!lineIsEmpty) {
      field.append(' ');
      column++;
    }
    field.append(word);
    column += word.length();
    lineIsEmpty = false;
    return this;
  }

  /** Ends what was said and starts the next result on a new line. */
  FieldWriter nextResult() {
    field.append(';');
    fold();
    return this;
  }

  private void fold() {
    field.append("\r\n ");
    column = 1;
    lineIsEmpty = true;
  }

  /** {@code name=value}; nothing where the value is empty. */
  FieldWriter pair(String name, String value) {
    return value.isEmpty() ? this : word(name + "=" + quoted(value));
  }

  /**
   * A token as it is, anything else as a quoted string. What is not printable ASCII becomes a
   * question mark: it could end the field, or needs a header of UTF-8 (RFC 6532).
   */
  static String quoted(String value) {
    StringBuilder content = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST_VALUE)
        .forEach(c -> content.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
    boolean token = content.chars().allMatch(FieldWriter::inToken) && !content.isEmpty();
    return token
        ? content.toString()
        : '"' + content.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean inToken(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || IN_TOKEN.indexOf(c) >= 0;
  }
}
