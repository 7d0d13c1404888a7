package dev.postern.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of one field (RFC 2045 §5.1) with those that are continued or encoded (RFC 2231).
 * An encoded parameter counts before a continued one, that before a plain one, and of two alike the
 * first. Our own, since mime4j looks a charset up for each MIME word of a value, at a cost that
 * adds up to minutes for one hostile header.
 */
final class MimeParameters {
  private static final Pattern SECTION = Pattern.compile("(.*)\\*([0-9]{1,4})(\\*?)");

  /** Part of a continued parameter. */
  private record Section(String text, boolean encoded) {}

  private final Map<String, String> plain = new HashMap<>();
  private final Map<String, String> encoded = new HashMap<>();
  private final Map<String, SortedMap<Integer, Section>> continued = new HashMap<>();

  /** Takes {@code name=value} as it stands in the field, the value without quotes. */
  void add(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    Matcher section = SECTION.matcher(lower);
    if (section.matches()) {
      continued
          .computeIfAbsent(section.group(1), _ -> new TreeMap<>())
          .putIfAbsent(
              Integer.parseInt(section.group(2)), new Section(value, !section.group(3).isEmpty()));
    } else if (lower.endsWith("*")) {
      encoded.putIfAbsent(lower.substring(0, lower.length() - 1), value);
    } else {
      plain.putIfAbsent(lower, value);
    }
  }

  /** The value of a parameter, given by its name in lower case; empty without it. */
  String value(String name) {
    return Optional.ofNullable(encoded.get(name))
        .map(value -> joined(new TreeMap<>(Map.of(0, new Section(value, true)))))
        .or(() -> Optional.ofNullable(continued.get(name)).map(MimeParameters::joined))
        .or(() -> Optional.ofNullable(plain.get(name)))
        .orElse("");
  }

  /** Octets of all sections in order; their charset is named at the start of the first (§4.1). */
  private static String joined(SortedMap<Integer, Section> sections) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    String charset = "";
    boolean first = true;
    for (Section section : sections.values()) {
      String text = section.text();
      if (first && section.encoded()) {
        int language = text.indexOf('\'');
        int value = language < 0 ? -1 : text.indexOf('\'', language + 1);
        charset = value < 0 ? "" : text.substring(0, language);
        text = text.substring(value + 1);
      }
      put(text, section.encoded(), octets);
      first = false;
    }
    return Charsets8.decode(octets.toByteArray(), charset);
  }

  private static void put(String text, boolean encoded, ByteArrayOutputStream octets) {
    byte[] written = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < written.length; i++) {
      int octet = encoded && written[i] == '%' ? hex(written, i + 1) : -1;
      octets.write(octet < 0 ? written[i] : octet);
      i += octet < 0 ? 0 : 2;
    }
  }

  private static int hex(byte[] text, int at) {
    if (at + 1 >= text.length) {
      return -1;
    }
    int high = Character.digit(text[at], 16);
    int low = Character.digit(text[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
