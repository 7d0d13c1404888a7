package dev.postern.intake.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes {@code multipart/form-data} (RFC 7578, RFC 2046 §5.1) apart without touching an octet of
 * its parts. The body is signed as a whole, so it is in memory already; one pass finds the
 * boundaries.
 */
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "content-disposition:\\s*form-data;(?:.*;)?\\s*name=\"([^\"]{1,40})\".*",
          Pattern.CASE_INSENSITIVE);
  private static final int MOST_PARTS = 10;
  private static final int LONGEST_HEADER = 8192;
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};

  private Multipart() {}

  /** The parts by name; empty when the body is no form of that content type. */
  static Optional<Map<String, byte[]>> parse(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return Optional.empty();
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    byte[] delimiter = ("\r\n--" + text).getBytes(StandardCharsets.ISO_8859_1);
    byte[] first = Arrays.copyOfRange(delimiter, 2, delimiter.length);
    Map<String, byte[]> parts = new HashMap<>();
    int at = startsWith(body, 0, first) ? first.length : after(body, 0, delimiter);
    while (at >= 0 && parts.size() <= MOST_PARTS) {
      if (startsWith(body, at, new byte[] {'-', '-'})) {
        return Optional.of(parts);
      }
      int header = after(body, at, CRLF);
      int end = header < 0 ? -1 : indexOf(body, header - CRLF.length, delimiter);
      Optional<Map.Entry<String, byte[]>> part =
          end < 0 ? Optional.empty() : part(body, header, end);
      if (part.isEmpty() || parts.put(part.get().getKey(), part.get().getValue()) != null) {
        return Optional.empty();
      }
      at = end + delimiter.length;
    }
    return Optional.empty();
  }

  private static Optional<Map.Entry<String, byte[]>> part(byte[] body, int from, int end) {
    int emptyLine = indexOf(body, from - CRLF.length, EMPTY_LINE);
    if (emptyLine < from
        || emptyLine + EMPTY_LINE.length > end
        || emptyLine - from > LONGEST_HEADER) {
      return Optional.empty();
    }
    String header = new String(body, from, emptyLine - from, StandardCharsets.UTF_8);
    return header
        .lines()
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(
            m ->
                Map.entry(
                    m.group(1), Arrays.copyOfRange(body, emptyLine + EMPTY_LINE.length, end)));
  }

  private static int after(byte[] octets, int from, byte[] what) {
    int at = indexOf(octets, from, what);
    return at < 0 ? -1 : at + what.length;
  }

  private static int indexOf(byte[] octets, int from, byte[] what) {
    for (int i = from; i <= octets.length - what.length; i++) {
      if (octets[i] == what[0] && startsWith(octets, i, what)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] octets, int at, byte[] what) {
    return at + what.length <= octets.length
        && Arrays.equals(octets, at, at + what.length, what, 0, what.length);
  }
}
