package dev.postern.evidence.dkim;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A tag=value list (RFC 6376 §3.2), read in one pass as windows onto its octets. A list with a flaw
 * is void; the tags before the flaw stay readable, so that a finding can still name the domain.
 */
public final class TagList {

  /** Far above any real list; bounds what a hostile one can make us keep. */
  private static final int MOST_TAGS = 100;

  private static final int LONGEST_NAME = 40;

  /** Where the octets between "=" and ";" stand, with the white space around them. */
  record Window(int from, int to) {}

  private final byte[] octets;
  private final int end;
  private final Map<String, Window> values = new HashMap<>();
  private String firstTag = "";
  private Optional<String> flaw = Optional.empty();

  private TagList(byte[] octets, int end) {
    this.octets = octets;
    this.end = end;
  }

  /** Reads {@code octets[from, to)}. Never throws, takes linear time. */
  public static TagList read(byte[] octets, int from, int to) {
    TagList list = new TagList(octets, to);
    int at = list.skipSpace(from);
    while (at < to && list.flaw.isEmpty()) {
      at = list.skipSpace(list.readTag(at));
    }
    return list;
  }

  /** What is wrong with the list and at which of its octets; empty if nothing is. */
  public Optional<String> flaw() {
    return flaw;
  }

  /** Whether the list has the tag, be its value empty or not. */
  public boolean has(String tag) {
    return values.containsKey(tag);
  }

  /** The name of the first tag; empty for an empty list. */
  String firstTag() {
    return firstTag;
  }

  /** The raw value, white space included; an empty window at the end if absent. */
  Window window(String tag) {
    return values.getOrDefault(tag, new Window(end, end));
  }

  /** Octets of the raw value. */
  int length(String tag) {
    Window value = window(tag);
    return value.to - value.from;
  }

  /** The value without white space around it; empty if absent. As long as the sender made it. */
  public String text(String tag) {
    Window value = window(tag);
    return new String(octets, value.from, value.to - value.from, StandardCharsets.UTF_8).strip();
  }

  /**
   * The value without white space around it; empty if absent or longer than {@code most} octets.
   */
  public String text(String tag, int most) {
    return length(tag) > most ? "" : text(tag);
  }

  /** The value without any white space, as base64 and lists of names are read; empty if absent. */
  String compact(String tag) {
    Window value = window(tag);
    byte[] kept = new byte[value.to - value.from];
    int length = 0;
    for (int i = value.from; i < value.to; i++) {
      if (!space(octets[i])) {
        kept[length++] = octets[i];
      }
    }
    return new String(kept, 0, length, StandardCharsets.UTF_8);
  }

  /** Reads {@code name = value ;} and gives the octet after it. */
  private int readTag(int start) {
    int nameEnd = start;
    while (nameEnd < end && nameOctet(octets[nameEnd], nameEnd == start)) {
      nameEnd++;
    }
    if (nameEnd == start) {
      return broken(octets[start] == ';' ? "empty tag" : "bad tag name");
    }
    int equals = skipSpace(nameEnd);
    if (equals == end || octets[equals] != '=') {
      return broken("tag without =");
    }
    int valueEnd = equals + 1;
    while (valueEnd < end && octets[valueEnd] != ';') {
      if (control(octets[valueEnd])) {
        return broken("control character");
      }
      valueEnd++;
    }
    return keep(start, nameEnd, new Window(equals + 1, valueEnd));
  }

  private int keep(int start, int nameEnd, Window value) {
    if (nameEnd - start > LONGEST_NAME || values.size() == MOST_TAGS) {
      return broken("too many tags or too long a tag name");
    }
    String name = new String(octets, start, nameEnd - start, StandardCharsets.ISO_8859_1);
    if (values.putIfAbsent(name, value) != null) {
      return broken("tag " + name + "= given twice");
    }
    firstTag = firstTag.isEmpty() ? name : firstTag;
    return value.to + 1;
  }

  private int broken(String why) {
    flaw = Optional.of(why);
    return end;
  }

  private int skipSpace(int from) {
    int at = from;
    while (at < end && space(octets[at])) {
      at++;
    }
    return at;
  }

  private static boolean nameOctet(byte o, boolean first) {
    boolean letter = (o >= 'a' && o <= 'z') || (o >= 'A' && o <= 'Z');
    return letter || (!first && ((o >= '0' && o <= '9') || o == '_'));
  }

  static boolean space(byte o) {
    return o == ' ' || o == '\t' || o == '\r' || o == '\n';
  }

  private static boolean control(byte o) {
    return (o >= 0 && o < ' ' && !space(o)) || o == 0x7f;
  }
}
