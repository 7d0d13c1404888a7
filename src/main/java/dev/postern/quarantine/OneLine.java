package dev.postern.quarantine;

import java.util.regex.Pattern;

/** What another program said, fit to stand in a sentence, a log or a terminal. */
public final class OneLine {
  /** Controls of both sets, and what turns the direction of text or breaks its lines. */
  private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private OneLine() {}

  /**
   * One line of it.
   *
   * @param longest in UTF-16 units; an ellipsis stands for what is missing
   */
  public static String of(String said, int longest) {
    String line = STEERING.matcher(said).replaceAll(" ").strip();
    if (line.length() <= longest) {
      return line;
    }
    int end = longest - (Character.isHighSurrogate(line.charAt(longest - 2)) ? 2 : 1);
    return line.substring(0, end) + "…";
  }
}
