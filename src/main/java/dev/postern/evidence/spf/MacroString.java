package dev.postern.evidence.spf;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A macro-string (RFC 7208 §7.1), read and not yet expanded.
 *
 * @param pieces literal text and macros in order
 * @param endsInExpansion whether it ends in a macro, {@code %%}, {@code %_} or {@code %-}
 */
record MacroString(List<Piece> pieces, boolean endsInExpansion) {

  /** Where the text stands: explanations may hold spaces and macros c, r and t (§7.2). */
  enum Use {
    DOMAIN,
    EXPLANATION
  }

  /** Part of a macro-string. */
  sealed interface Piece {
    /** Text that stands for itself. */
    record Literal(String text) implements Piece {}

    /**
     * A macro.
     *
     * @param letter in lower case
     * @param escaped whether the letter was in upper case: URL-escape the result
     * @param parts how many right-hand parts to keep
     * @param reversed whether the parts are reversed first
     * @param delimiters what separates parts; a full stop when none were written
     */
    record Macro(char letter, boolean escaped, int parts, boolean reversed, String delimiters)
        implements Piece {}
  }

  private static final Pattern TOP_LABEL =
      Pattern.compile("(?=.*[A-Za-z-])[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?");

  /** Reads a domain-spec: not empty, ends in an expansion or in a top label after a full stop. */
  static Optional<MacroString> domainSpec(String text) {
    return parse(text, Use.DOMAIN).filter(it -> it.endsInExpansion || endsInTopLabel(text));
  }

  /** Reads a macro-string; empty when it is none. */
  static Optional<MacroString> parse(String text, Use use) {
    return new MacroParser(text, use).parse();
  }

  /** Whether the macro {@code letter} occurs. */
  boolean mentions(char letter) {
    return pieces.stream().anyMatch(p -> p instanceof Piece.Macro m && m.letter() == letter);
  }

  /** Whether no macro occurs but these. */
  boolean mentionsOnly(String letters) {
    return pieces.stream()
        .allMatch(p -> !(p instanceof Piece.Macro m) || letters.indexOf(m.letter()) >= 0);
  }

  private static boolean endsInTopLabel(String text) {
    String tail = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    int dot = tail.lastIndexOf('.');
    return dot >= 0 && TOP_LABEL.matcher(tail.substring(dot + 1)).matches();
  }
}
