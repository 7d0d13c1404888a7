package dev.postern.evidence;

/**
 * Lines for a terminal of eighty columns. Text from outside passes {@link #printable}, which leaves
 * nothing that could move the cursor or pass for ours.
 */
final class ReportText {
  private static final int COLUMNS = 80;

  /** However deep the indentation, text gets so many columns. */
  private static final int LEAST_WIDTH = 20;

  private final StringBuilder out = new StringBuilder();

  /** Adds a line as it is. */
  ReportText line(String text) {
    out.append(text).append('\n');
    return this;
  }

  /** Adds a text that starts behind {@code head}; further lines are indented as far. */
  ReportText hanging(String head, String text) {
    return hanging(head, " ".repeat(head.length()), text);
  }

  /** Adds a text that starts behind {@code head}; further lines start with {@code indent}. */
  ReportText hanging(String head, String indent, String text) {
    String before = head;
    String rest = text;
    while (rest.length() > width(before)) {
      int end = breakIn(rest, width(before));
      line((before + rest.substring(0, end)).stripTrailing());
      rest = rest.substring(end).stripLeading();
      before = indent;
    }
    return line((before + rest).stripTrailing());
  }

  private static int width(String before) {
    return Math.max(LEAST_WIDTH, COLUMNS - before.length());
  }

  /** Breaks at a space, and inside a word that is wider than a line. */
  private static int breakIn(String text, int width) {
    int space = text.lastIndexOf(' ', width);
    return space > 0 ? space : width;
  }

  /** All lines, each with a line feed at its end. */
  @Override
  public String toString() {
    return out.toString();
  }

  /** Text from outside, as {@link PlainText} shows it. */
  static String printable(String foreign) {
    return PlainText.of(foreign);
  }
}
