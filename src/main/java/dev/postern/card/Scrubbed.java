package dev.postern.card;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.text.Normalizer;

/**
 * Text without anything invisible, on one line, with every picture shown as □.
 *
 * @param text what is left
 * @param hidden how many code points were removed
 * @param symbols how many were shown as □
 */
record Scrubbed(String text, int hidden, int symbols) {

  private static final int BOX = 0x25A1;
  private static final int TRADE_MARK = 0x2122;

  /** Root, clear key and observer eye: they read as check mark and cross. */
  private static final String CHECK_MARKS = "\u221A\u2327\u237B";

  /** Marks that a letter may carry; honest text needs no more. */
  private static final int MOST_MARKS = 2;

  /** More marks than this in a row make normalisation slow, and none of them would survive. */
  private static final int LONGEST_RUN_OF_MARKS = 30;

  /** Scrubs one text: one pass, whatever it holds. */
  static Scrubbed of(String raw) {
    String tame = withoutLongRunsOfMarks(raw);
    Pass pass = new Pass();
    // NFC joins what belongs together; NFKC would change what is seen.
    Normalizer.normalize(tame, Normalizer.Form.NFC).codePoints().forEach(pass::take);
    int dropped = raw.codePointCount(0, raw.length()) - tame.codePointCount(0, tame.length());
    return new Scrubbed(pass.out.toString(), pass.hidden + dropped, pass.symbols);
  }

  private static String withoutLongRunsOfMarks(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    int run = 0;
    for (int i = 0, c; i < raw.length(); i += Character.charCount(c)) {
      c = raw.codePointAt(i);
      run = mark(c) ? run + 1 : 0;
      if (run <= LONGEST_RUN_OF_MARKS) {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }

  private static final class Pass {
    private final StringBuilder out = new StringBuilder();
    private boolean spaceDue;
    private int marks;
    private int hidden;
    private int symbols;

    private void take(int c) {
      if (blank(c)) {
        spaceDue = !out.isEmpty();
      } else if (invisible(c) || (mark(c) && ++marks > MOST_MARKS && !enclosing(c))) {
        hidden++;
      } else {
        out.append(spaceDue ? " " : "");
        spaceDue = false;
        marks = mark(c) ? marks : 0;
        boolean symbol = pictorial(c);
        symbols += symbol ? 1 : 0;
        out.appendCodePoint(symbol ? BOX : c);
      }
    }
  }

  private static boolean mark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean blank(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> (c >= 0x09 && c <= 0x0D) || c == 0x85;
    };
  }

  private static boolean invisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      // Variation selectors, Hangul fillers, the grapheme joiner and their like.
      default ->
          UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT) || c == 0x2800;
    };
  }

  /** Circles, keycaps and prohibition signs around a letter (U+20DD to U+20E4). */
  private static boolean enclosing(int c) {
    return c >= 0x20DD && c <= 0x20E4;
  }

  /** Whatever could pose as one of our own verdict signs. */
  private static boolean pictorial(int c) {
    if (c < 0x2000) {
      return false; // among them digits, # and *, © and ®, which only count as emoji by name
    }
    return within(c, 0x2500, 0x27BF) // box drawing, blocks, shapes, symbols, check marks
        || within(c, 0x2B00, 0x2BFF)
        || within(c, 0x1F000, 0x1FBFF)
        || CHECK_MARKS.indexOf(c) >= 0
        || enclosing(c)
        || (c != TRADE_MARK && emoji(c));
  }

  private static boolean emoji(int c) {
    return UCharacter.hasBinaryProperty(c, UProperty.EXTENDED_PICTOGRAPHIC)
        || UCharacter.hasBinaryProperty(c, UProperty.EMOJI_PRESENTATION);
  }

  private static boolean within(int c, int low, int high) {
    return c >= low && c <= high;
  }
}
