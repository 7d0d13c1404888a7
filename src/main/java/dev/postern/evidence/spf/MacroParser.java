package dev.postern.evidence.spf;

import dev.postern.evidence.spf.MacroString.Piece;
import dev.postern.evidence.spf.MacroString.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a macro-string from left to right (RFC 7208 §7.1). */
final class MacroParser {
  private static final Pattern MACRO =
      Pattern.compile("%\\{([a-zA-Z])([0-9]{0,9})([rR]?)([-.+,/_=]*)\\}");
  private static final String DOMAIN_LETTERS = "slodiphv";
  private static final String EXPLANATION_LETTERS = DOMAIN_LETTERS + "crt";

  private final String text;
  private final Use use;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private int at;
  private boolean endsInExpansion;

  MacroParser(String text, Use use) {
    this.text = text;
    this.use = use;
  }

  Optional<MacroString> parse() {
    while (at < text.length()) {
      endsInExpansion = text.charAt(at) == '%';
      boolean taken = endsInExpansion ? macro() || escape() : literal();
      if (!taken) {
        return Optional.empty();
      }
    }
    flush();
    return Optional.of(new MacroString(List.copyOf(pieces), endsInExpansion));
  }

  private boolean literal() {
    char c = text.charAt(at++);
    literal.append(c);
    return (c > 0x20 && c < 0x7f) || (c == ' ' && use == Use.EXPLANATION);
  }

  /** {@code %%}, {@code %_} or {@code %-}. */
  private boolean escape() {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    at += 2;
    switch (c) {
      case '%' -> literal.append('%');
      case '_' -> literal.append(' ');
      case '-' -> literal.append("%20");
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean macro() {
    Matcher macro = MACRO.matcher(text).region(at, text.length());
    if (!macro.lookingAt()) {
      return false;
    }
    char letter = macro.group(1).charAt(0);
    char lower = macro.group(1).toLowerCase(Locale.ROOT).charAt(0);
    String letters = use == Use.DOMAIN ? DOMAIN_LETTERS : EXPLANATION_LETTERS;
    String digits = macro.group(2);
    int parts = digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (letters.indexOf(lower) < 0 || parts == 0) {
      return false;
    }
    flush();
    String delimiters = macro.group(4).isEmpty() ? "." : macro.group(4);
    boolean reversed = !macro.group(3).isEmpty();
    pieces.add(new Piece.Macro(lower, letter != lower, parts, reversed, delimiters));
    at = macro.end();
    return true;
  }

  private void flush() {
    if (!literal.isEmpty()) {
      pieces.add(new Piece.Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
