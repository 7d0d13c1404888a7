package dev.postern.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the parts of a message (RFC 2046 §5.1) in one pass over its lines, with a stack of
 * boundaries instead of recursion: the time is linear in the message however deep its parts are
 * nested. Parts below {@link #DEEPEST} levels are not looked into.
 */
final class MimeOutline {
  static final int DEEPEST = 100;
  static final int MOST_PARTS = 1000;

  /** RFC 2046 allows 70 octets. */
  private static final int LONGEST_BOUNDARY = 200;

  private static final int MOST_OUTSIDE = 64 * 1024;

  private final RawMessage message;
  private final byte[] octets;
  private final List<MimePart> parts = new ArrayList<>();
  private final List<String> boundaries = new ArrayList<>();
  private final Map<String, Integer> levels = new HashMap<>();
  private final List<String> shape = new ArrayList<>();
  private final StringBuilder outside = new StringBuilder();
  private boolean whole = true;
  private Reading reading = Reading.NOTHING;
  private HeaderFields header;
  private int from;

  /** What the lines between two boundaries are. */
  private enum Reading {
    /** Before the first and after the last boundary of a level. */
    NOTHING,
    HEADER,
    BODY
  }

  private MimeOutline(RawMessage message, HeaderFields header) {
    this.message = message;
    this.octets = message.octets();
    this.header = header;
  }

  /** The parts that hold content, in message order, at most {@link #MOST_PARTS}. */
  static List<MimePart> of(RawMessage message, HeaderFields header) {
    return read(message, header).parts;
  }

  /** The same with what else is there. Never throws; linear time. */
  static MimeOutline read(RawMessage message, HeaderFields header) {
    MimeOutline outline = new MimeOutline(message, header);
    outline.open(header, header.bodyOffset());
    outline.read(header.bodyOffset());
    return outline;
  }

  /** The parts that hold content, in message order. */
  List<MimePart> parts() {
    return parts;
  }

  /** The type of what holds parts, nothing before each part, {@code /} behind the last. */
  List<String> shape() {
    return shape;
  }

  /** Lines that belong to no part: mail software shows them, or reads them otherwise. */
  String outside() {
    return outside.toString();
  }

  /**
   * Whether other software sees the same parts, as far as that can be told: nothing was left out,
   * and no field that says where parts start and how they are written is there twice.
   */
  boolean whole() {
    return whole && parts.size() < MOST_PARTS;
  }

  private void read(int start) {
    int at = start;
    while (at < octets.length && parts.size() < MOST_PARTS && !boundaries.isEmpty()) {
      int end = endOfLine(at);
      String delimiter = delimiter(at, end);
      if (!delimiter.isEmpty()) {
        boundary(delimiter, at, end);
      } else if (reading == Reading.HEADER && blank(at, end)) {
        open(HeaderFields.of(octets, from, end), end);
      } else if (reading == Reading.NOTHING && !blank(at, end)) {
        note(at, end);
      }
      at = end;
    }
    close(octets.length);
  }

  /** A header section is over: content starts, or the parts of a multipart. */
  private void open(HeaderFields part, int bodyStart) {
    header = part;
    from = bodyStart;
    reading = Reading.BODY;
    MediaType type = MediaType.of(part, "Content-Type");
    String boundary = type.parameter("boundary").stripTrailing();
    boolean usable = !boundary.isEmpty() && boundary.length() <= LONGEST_BOUNDARY;
    boolean parent = type.word().startsWith("multipart/");
    boolean known = usable && boundaries.size() < DEEPEST && !levels.containsKey(boundary);
    whole &= (known || !parent) && once(part, "Content-Type") && part.complete();
    whole &= once(part, "Content-Transfer-Encoding") && once(part, "Content-Disposition");
    if (parent && usable && boundaries.size() < DEEPEST) {
      shape(type.word());
      // A boundary that is in use further out stays the outer one's.
      levels.putIfAbsent(boundary, boundaries.size());
      boundaries.add(boundary);
      reading = Reading.NOTHING;
    }
  }

  private static boolean once(HeaderFields part, String name) {
    return part.named(name).size() <= 1;
  }

  private void shape(String what) {
    whole &= shape.size() < 3 * MOST_PARTS;
    if (whole) {
      shape.add(what);
    }
  }

  private void note(int at, int end) {
    whole &= outside.length() + end - at <= MOST_OUTSIDE;
    if (whole) {
      outside.append(new String(octets, at, end - at, StandardCharsets.ISO_8859_1));
    }
  }

  private void close(int end) {
    if (reading == Reading.BODY
        && !MediaType.of(header, "Content-Type").word().startsWith("multipart/")) {
      parts.add(new MimePart(header, message, from, Math.max(from, end)));
    }
    reading = Reading.NOTHING;
  }

  private void boundary(String delimiter, int lineStart, int lineEnd) {
    whole &= reading != Reading.HEADER || lineStart == from;
    close(beforeLineEnd(lineStart));
    boolean last = !levels.containsKey(delimiter);
    String boundary = last ? delimiter.substring(0, delimiter.length() - 2) : delimiter;
    int level = levels.getOrDefault(boundary, 0);
    while (boundaries.size() > (last ? level : level + 1)) {
      String inner = boundaries.removeLast();
      levels.remove(inner, boundaries.size());
    }
    shape(last ? "/" : "");
    reading = last ? Reading.NOTHING : Reading.HEADER;
    from = lineEnd;
  }

  /** The boundary that this line states, with its closing hyphens; empty if it states none. */
  private String delimiter(int at, int end) {
    boolean candidate =
        end - at > 2
            && end - at < LONGEST_BOUNDARY + 20
            && octets[at] == '-'
            && octets[at + 1] == '-';
    if (!candidate) {
      return "";
    }
    String line =
        new String(octets, at + 2, end - at - 2, StandardCharsets.ISO_8859_1).stripTrailing();
    boolean closing =
        line.endsWith("--") && levels.containsKey(line.substring(0, line.length() - 2));
    return levels.containsKey(line) || closing ? line : "";
  }

  private int endOfLine(int at) {
    int i = at;
    while (i < octets.length && octets[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, octets.length);
  }

  private boolean blank(int at, int end) {
    return octets[at] == '\n' || (octets[at] == '\r' && end == at + 2 && octets[at + 1] == '\n');
  }

  /** The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1). */
  private int beforeLineEnd(int lineStart) {
    int end = lineStart;
    if (end > 0 && octets[end - 1] == '\n') {
      end--;
    }
    return end > 0 && octets[end - 1] == '\r' ? end - 1 : end;
  }
}
