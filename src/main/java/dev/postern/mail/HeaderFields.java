package dev.postern.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header section of a message, found in one pass over its octets (RFC 5322 §2.2). Takes what
 * real mail contains: bare LF as line end, NUL octets, lines without a colon (they and their
 * continuation lines are no fields and are skipped), no empty line before the end. A lone CR is no
 * line end.
 */
public final class HeaderFields {

  /** Fields above this number are not listed; {@link #complete()} is then false. */
  public static final int MOST_FIELDS = 100_000;

  /** RFC 5322 §2.1.1: no line is longer, so no name is. */
  private static final int LONGEST_NAME = 998;

  private final List<HeaderField> fields;
  private final Map<String, List<HeaderField>> byName = new HashMap<>();
  private final int bodyOffset;
  private final boolean complete;

  private HeaderFields(List<HeaderField> fields, int bodyOffset, boolean complete) {
    this.fields = List.copyOf(fields);
    this.bodyOffset = bodyOffset;
    this.complete = complete;
    for (HeaderField field : fields) {
      byName
          .computeIfAbsent(field.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(field);
    }
    byName.replaceAll((_, named) -> List.copyOf(named));
  }

  /** Finds the fields of {@code message}. Never throws, takes linear time. */
  public static HeaderFields of(RawMessage message) {
    return of(message.octets(), 0, message.size());
  }

  /**
   * Finds the fields of the header section that starts at {@code from} and ends before {@code to}.
   */
  static HeaderFields of(byte[] octets, int from, int to) {
    List<HeaderField> fields = new ArrayList<>();
    boolean complete = true;
    int at = from;
    while (at < to && emptyLineAt(octets, at) == 0) {
      int end = endOfField(octets, at, to);
      int colon = colonOfFirstLine(octets, at, end);
      if (colon > at) {
        if (fields.size() == MOST_FIELDS) {
          complete = false;
        } else {
          fields.add(new HeaderField(octets, name(octets, at, colon), at, colon + 1, end));
        }
      }
      at = end;
    }
    int body = at < to ? at + emptyLineAt(octets, at) : to;
    return new HeaderFields(fields, body, complete);
  }

  /** All fields in message order. */
  public List<HeaderField> all() {
    return fields;
  }

  /** The fields of that name in message order, without regard to case. */
  public List<HeaderField> named(String name) {
    return byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** The value of the first field of that name; empty text without one. */
  public String first(String name) {
    List<HeaderField> all = byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return all.isEmpty() ? "" : all.getFirst().unfoldedValue();
  }

  /** Where the body starts: after the empty line, or the message's size where there is none. */
  public int bodyOffset() {
    return bodyOffset;
  }

  /** Whether every field is listed. */
  public boolean complete() {
    return complete;
  }

  /** Octets of the empty line that starts here; 0 if none does. */
  private static int emptyLineAt(byte[] octets, int at) {
    if (octets[at] == '\n') {
      return 1;
    }
    boolean crlf = octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n';
    return crlf ? 2 : 0;
  }

  /** The octet after the line end that no white space follows. */
  private static int endOfField(byte[] octets, int start, int to) {
    int i = start;
    while (i < to) {
      if (octets[i++] == '\n' && (i == to || !whiteSpace(octets[i]))) {
        return i;
      }
    }
    return to;
  }

  /** The colon that ends the name; -1 if this is no field. */
  private static int colonOfFirstLine(byte[] octets, int start, int end) {
    if (whiteSpace(octets[start])) {
      return -1;
    }
    int last = Math.min(end, start + LONGEST_NAME + 1);
    for (int i = start; i < last && octets[i] != '\n'; i++) {
      if (octets[i] == ':') {
        return i;
      }
    }
    return -1;
  }

  private static String name(byte[] octets, int start, int colon) {
    int end = colon;
    while (end > start && whiteSpace(octets[end - 1])) {
      end--;
    }
    return new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private static boolean whiteSpace(byte octet) {
    return octet == ' ' || octet == '\t';
  }
}
