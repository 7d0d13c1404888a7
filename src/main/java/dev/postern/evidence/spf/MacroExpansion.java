package dev.postern.evidence.spf;

import dev.postern.evidence.DnsName;
import dev.postern.evidence.spf.MacroString.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Gives macros their values (RFC 7208 §7.2, §7.3).
 *
 * @param question who is checked
 * @param domain the domain whose record is being evaluated
 * @param validatedName the value of macro {@code p}; asked only when it occurs
 */
record MacroExpansion(SpfQuestion question, String domain, Supplier<String> validatedName) {

  /** RFC 7208 §7.3: longer names lose labels from the left. */
  private static final int LONGEST_NAME = 253;

  private static final String UNRESERVED = "-._~";

  /** The text, not shortened. */
  String text(MacroString macros) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : macros.pieces()) {
      switch (piece) {
        case Piece.Literal(String literal) -> text.append(literal);
        case Piece.Macro macro -> text.append(expand(macro));
      }
    }
    return text.toString();
  }

  /** The text as a name to ask about. */
  DnsName name(MacroString macros) {
    DnsName whole = new DnsName(text(macros));
    int tooMany = whole.text().length() - LONGEST_NAME;
    int dot = tooMany > 0 ? whole.text().indexOf('.', tooMany - 1) : -1;
    return dot < 0 ? whole : new DnsName(whole.text().substring(dot + 1));
  }

  private String expand(Piece.Macro macro) {
    List<String> parts = split(value(macro.letter()), macro.delimiters());
    if (macro.reversed()) {
      Collections.reverse(parts);
    }
    int from = Math.max(0, parts.size() - macro.parts());
    String text = String.join(".", parts.subList(from, parts.size()));
    return macro.escaped() ? urlEscaped(text) : text;
  }

  private String value(char letter) {
    return switch (letter) {
      case 's' -> question.sender();
      case 'l' -> question.localPart();
      case 'o' -> question.domain();
      case 'd' -> domain;
      case 'i' -> Addresses.dotted(question.ip());
      case 'p' -> validatedName.get();
      case 'v' -> question.ip().getAddress().length == 4 ? "in-addr" : "ip6";
      case 'h' -> question.helo();
      case 'c' -> Addresses.readable(question.ip());
      case 'r' -> "unknown";
      case 't' -> Long.toString(question.now());
      default -> throw new IllegalStateException("the parser lets no macro " + letter + " pass");
    };
  }

  private static List<String> split(String text, String delimiters) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (delimiters.indexOf(text.charAt(i)) >= 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String urlEscaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
      char c = (char) (octet & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      escaped.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return escaped.toString();
  }
}
