package dev.postern.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON in the one form of RFC 8785: no white space, members sorted by UTF-16 code units,
 * shortest escapes. Knows strings, booleans, integers, lists and maps, which is all that evidence
 * needs; numbers with fractions are not among them.
 */
final class CanonicalJson {

  /** RFC 8785 §3.1: integers beyond 2^53 lose digits in other readers. */
  private static final long LARGEST_INTEGER = 1L << 53;

  private final StringBuilder out = new StringBuilder(2048);

  private CanonicalJson() {}

  /** The canonical text of {@code value}; anything but the kinds named above is refused. */
  static String write(Object value) {
    CanonicalJson json = new CanonicalJson();
    json.value(value);
    return json.out.toString();
  }

  private void value(Object value) {
    switch (value) {
      case String text -> string(text);
      case Boolean truth -> out.append(truth.booleanValue());
      case Integer number -> out.append(number.intValue());
      case Long number -> integer(number);
      case List<?> list -> array(list);
      case Map<?, ?> map -> object(map);
      default -> throw new IllegalArgumentException("no canonical form: " + value.getClass());
    }
  }

  private void integer(long number) {
    if (Math.abs(number) > LARGEST_INTEGER) {
      throw new IllegalArgumentException("integer beyond 2^53: " + number);
    }
    out.append(number);
  }

  private void array(List<?> list) {
    out.append('[');
    String comma = "";
    for (Object item : list) {
      out.append(comma);
      value(item);
      comma = ",";
    }
    out.append(']');
  }

  private void object(Map<?, ?> map) {
    // String.compareTo compares UTF-16 code units, which is the order of RFC 8785 §3.2.3.
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put((String) name, value));
    out.append('{');
    String comma = "";
    for (Map.Entry<String, Object> member : sorted.entrySet()) {
      out.append(comma);
      string(member.getKey());
      out.append(':');
      value(member.getValue());
      comma = ",";
    }
    out.append('}');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        out.append(escape(c));
      } else {
        out.append(loneSurrogate(text, i) ? '\uFFFD' : c);
      }
    }
    out.append('"');
  }

  private static String escape(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      default -> "\\u%04x".formatted((int) c);
    };
  }

  /** Half a character has no UTF-8 form and so no digest (RFC 8785 §3.2.2.2). */
  private static boolean loneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
