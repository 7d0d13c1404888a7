package dev.postern.evidence;

/**
 * Foreign text as a terminal may see it: printable ASCII and the section sign, everything else as
 * an escape with its code point, so that it can neither move the cursor nor pass for ours.
 */
public final class PlainText {

  /** Longest foreign text on one line. */
  private static final int LONGEST = 400;

  /** Our own texts cite with it, and it does nothing. */
  private static final char SECTION_SIGN = '§';

  private PlainText() {}

  /** The text without any character that does something, and not longer than people read. */
  public static String of(String foreign) {
    return of(foreign, LONGEST);
  }

  /** The same, with at most {@code longest} characters of the text. */
  public static String of(String foreign, int longest) {
    StringBuilder text = new StringBuilder();
    foreign
        .codePoints()
        .limit(longest)
        .forEach(
            c -> {
              if ((c >= 0x20 && c < 0x7f && c != '\\') || c == SECTION_SIGN) {
                text.appendCodePoint(c);
              } else {
                text.append("\\u{%x}".formatted(c));
              }
            });
    return text.append(foreign.length() > longest ? "…" : "").toString();
  }
}
