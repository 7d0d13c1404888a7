package dev.postern.teams.card;

import java.util.regex.Pattern;

/**
 * Makes text keep its place: no templating, no date macro, and where Teams reads markdown no
 * markdown. Foreign text was cleaned before and is none the shorter for it; this is for our own
 * words, which repeat names of the settings and of the directory.
 */
final class Words {
  /** The beginnings of a template expression and of a date macro. */
  private static final Pattern EXPRESSION = Pattern.compile("(?<=[{$])(?=\\{)");

  /** Links, images and references. */
  private static final Pattern LINK = Pattern.compile("(?<=\\])(?=[(\\[:])");

  /** A list, a heading or a quotation begins a line. */
  private static final Pattern LINE_MARK =
      Pattern.compile("^(\\s*)([-+>#=]+|\\d{1,9}[.)])\\s", Pattern.MULTILINE);

  private static final String MARKS = "*_`~<>|\\";
  private static final String HARMLESS = "＊＿｀～＜＞｜＼";

  private Words() {}

  /** Text that nothing is evaluated in. */
  static String inert(String text) {
    return EXPRESSION.matcher(text).replaceAll(" ");
  }

  /** The same where markdown is read; what would be a mark becomes its wide twin. */
  static String noMarkdown(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int mark = MARKS.indexOf(text.charAt(i));
      plain.append(mark < 0 ? text.charAt(i) : HARMLESS.charAt(mark));
    }
    String unlinked = LINK.matcher(inert(plain.toString())).replaceAll(" ");
    return LINE_MARK.matcher(unlinked).replaceAll("$1$2\u00a0");
  }

  /** At most so many UTF-16 units, the last of them an ellipsis where something is missing. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + "…";
  }
}
