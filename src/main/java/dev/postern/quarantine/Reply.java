package dev.postern.quarantine;

import java.util.List;

/**
 * A server's reply (RFC 5321 §4.2.1).
 *
 * @param code three digits
 * @param lines the text of each line, without code and separator; hostile
 */
record Reply(int code, List<String> lines) {
  private static final int LONGEST_WORDS = 500;

  Reply {
    lines = List.copyOf(lines);
  }

  /** Code and text on one line, shortened, as it is shown and logged. */
  String words() {
    String words = (code + " " + String.join(" ", lines)).strip();
    return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
  }

  /** The extensions that an EHLO reply announces: all lines but the first. */
  List<String> extensions() {
    return lines.isEmpty() ? List.of() : lines.subList(1, lines.size());
  }

  /** Whether the command was done. */
  boolean good() {
    return code / 100 == 2;
  }

  /** Whether it will never be done. */
  boolean permanent() {
    return code / 100 == 5;
  }
}
