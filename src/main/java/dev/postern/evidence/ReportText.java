package dev.postern.evidence;

import java.util.ArrayList;
import java.util.List;

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
    for (String line :
        wrapped(text, Math.max(LEAST_WIDTH, COLUMNS - Math.max(head.length(), indent.length())))) {
      line((before + line).stripTrailing());
      before = indent;
    }
    return this;
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

  /** Breaks at spaces, and inside words that are wider than a line. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
