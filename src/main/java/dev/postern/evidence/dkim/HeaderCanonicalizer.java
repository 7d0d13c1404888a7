package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderField;

/** Header fields in canonical form (RFC 6376 §3.4.1, §3.4.2, §3.7), without a copy of them. */
final class HeaderCanonicalizer {
  private static final byte[] SPACE = {' '};
  private static final byte[] COLON = {':'};

  private final Canonicalization how;
  private final byte[] octets;
  private final Octets out;

  HeaderCanonicalizer(Canonicalization how, byte[] octets, Octets out) {
    this.how = how;
    this.octets = octets;
    this.out = out;
  }

  /** Puts a whole field with its line end. */
  void put(HeaderField field) {
    int end = endOf(octets, field);
    switch (how) {
      case SIMPLE -> out.put(octets, field.offset(), end);
      case RELAXED -> {
        putRelaxedName(field);
        putRelaxed(field.valueOffset(), end);
      }
    }
    out.put(BodyCanonicalizer.CRLF, 0, 2);
  }

  /** Puts the signature's own field: without its line end and without the value of b=. */
  void putWithout(TagList.Window hole, HeaderField field) {
    int end = endOf(octets, field);
    switch (how) {
      case SIMPLE -> {
        out.put(octets, field.offset(), hole.from());
        out.put(octets, hole.to(), end);
      }
      case RELAXED -> {
        putRelaxedName(field);
        // "=" stands before the hole and ";" or nothing behind it, so each side is relaxed alone.
        putRelaxed(field.valueOffset(), hole.from());
        putRelaxed(hole.to(), end);
      }
    }
  }

  /** Where the field ends without its last line end. */
  static int endOf(byte[] octets, HeaderField field) {
    int end = field.offset() + field.length();
    if (end > field.valueOffset() && octets[end - 1] == '\n') {
      end--;
      if (end > field.valueOffset() && octets[end - 1] == '\r') {
        end--;
      }
    }
    return end;
  }

  private void putRelaxedName(HeaderField field) {
    int nameEnd = field.offset() + field.name().length(); // one character of the name is one octet
    byte[] name = new byte[nameEnd - field.offset()];
    for (int i = 0; i < name.length; i++) {
      byte o = octets[field.offset() + i];
      name[i] = o >= 'A' && o <= 'Z' ? (byte) (o + 32) : o;
    }
    out.put(name, 0, name.length);
    out.put(COLON, 0, 1);
  }

  /** Unfolds, makes every run of white space one space, and drops it at both ends. */
  private void putRelaxed(int from, int to) {
    int run = skipSpace(from, to);
    int at = run;
    while (at < to) {
      int gapEnd = skipSpace(at, to);
      if (gapEnd == at) {
        at++;
        continue;
      }
      boolean canonical = gapEnd == at + 1 && octets[at] == ' ' && gapEnd < to;
      if (!canonical) {
        out.put(octets, run, at);
        run = gapEnd;
        if (gapEnd < to) {
          out.put(SPACE, 0, 1);
        }
      }
      at = gapEnd;
    }
    out.put(octets, run, to);
  }

  /** A bare LF ends a line for header fields, so here it can only be folding; a bare CR is text. */
  private int skipSpace(int from, int to) {
    int at = from;
    while (at < to) {
      byte o = octets[at];
      boolean fold = o == '\n' || (o == '\r' && at + 1 < to && octets[at + 1] == '\n');
      if (o != ' ' && o != '\t' && !fold) {
        break;
      }
      at++;
    }
    return at;
  }
}
