package dev.postern.evidence.posture;

/**
 * A record to publish.
 *
 * @param name the owner name, without trailing dot
 * @param type {@code TXT}, {@code MX} or {@code CNAME}
 * @param value the data; of a TXT record its whole text
 */
public record ZoneRecord(String name, String type, String value) {

  /** RFC 1035 §3.3.14: what one string of a TXT record holds. */
  private static final int LONGEST_STRING = 255;

  static ZoneRecord txt(String name, String text) {
    return new ZoneRecord(name, "TXT", text);
  }

  /** The line of a zone file (RFC 1035 §5.1). */
  public String line() {
    return "%s. IN %s %s".formatted(name, type, type.equals("TXT") ? strings() : value);
  }

  private String strings() {
    StringBuilder strings = new StringBuilder();
    for (int at = 0; at < value.length(); at += LONGEST_STRING) {
      String piece = value.substring(at, Math.min(value.length(), at + LONGEST_STRING));
      strings.append(at == 0 ? "" : " ").append('"').append(escaped(piece)).append('"');
    }
    return strings.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
