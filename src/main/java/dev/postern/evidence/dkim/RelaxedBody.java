package dev.postern.evidence.dkim;

/**
 * The relaxed form of a body (RFC 6376 §3.4.4). Most octets of a real body already are canonical,
 * so they are handed on in long runs, as windows onto the message. Only gaps (white space and line
 * ends between other octets) can differ, and only those that do are replaced.
 */
final class RelaxedBody {
  private static final byte[] SPACE = {' '};

  private final byte[] octets;
  private final Octets out;

  /** First octet that was not handed on yet. */
  private int run;

  private int gapEnd;
  private int gapLineEnds;
  private boolean gapEndsInSpace;
  private boolean gapIsCanonical;

  RelaxedBody(byte[] octets, int from, Octets out) {
    this.octets = octets;
    this.out = out;
    this.run = from;
  }

  void canonicalize() {
    int at = run;
    boolean blank = true;
    while (at < octets.length) {
      int start = endOfText(at);
      blank &= start == at;
      if (start < octets.length) {
        readGap(start);
        leaveGap(start);
        at = gapEnd;
      } else {
        at = start;
      }
    }
    out.put(octets, run, octets.length);
    if (!blank) { // an empty body stays empty
      out.put(BodyCanonicalizer.CRLF, 0, 2);
    }
  }

  /** The first octet from {@code at} on that begins a gap. The hot loop of the whole verifier. */
  private int endOfText(int from) {
    byte[] text = octets;
    int at = from;
    while (at < text.length) {
      byte o = text[at];
      if (o >= 0 && o <= ' ' && (o == ' ' || o == '\t' || lineEndAt(at))) {
        break;
      }
      at++;
    }
    return at;
  }

  private void readGap(int start) {
    int at = start;
    int spaces = 0;
    gapLineEnds = 0;
    gapEndsInSpace = false;
    while (at < octets.length) {
      if (lineEndAt(at)) {
        gapLineEnds++;
        gapEndsInSpace = false;
        at += 2;
      } else if (octets[at] == ' ' || octets[at] == '\t') {
        spaces++;
        gapEndsInSpace = true;
        at++;
      } else {
        break;
      }
    }
    gapEnd = at;
    gapIsCanonical = gapEndsInSpace ? spaces == 1 && octets[at - 1] == ' ' : spaces == 0;
  }

  /** Hands on what comes before a gap that differs, and what the gap should have been. */
  private void leaveGap(int start) {
    boolean last = gapEnd == octets.length; // empty lines at the end do not count
    if (gapIsCanonical && !last) {
      return;
    }
    out.put(octets, run, start);
    run = gapEnd;
    if (last) {
      return;
    }
    for (int i = 0; i < gapLineEnds; i++) {
      out.put(BodyCanonicalizer.CRLF, 0, 2);
    }
    if (gapEndsInSpace) {
      out.put(SPACE, 0, 1);
    }
  }

  private boolean lineEndAt(int at) {
    return octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n';
  }
}
