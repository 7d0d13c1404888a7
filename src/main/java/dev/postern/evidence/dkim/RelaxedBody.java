package dev.postern.evidence.dkim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The relaxed form of a body (RFC 6376 §3.4.4). Most octets of a real body already are canonical,
 * so they are handed on in long runs, as windows onto the message. Only white space that the form
 * changes is looked for, eight octets at a time, and replaced.
 */
final class RelaxedBody {
  private static final byte[] SPACE = {' '};
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long HIGH_BITS = ~SEVEN_BITS;
  private static final long SPACES = 0x2020202020202020L;
  private static final long TABS = 0x0909090909090909L;

  private final byte[] octets;
  private final int from;
  private final int end;
  private final Octets out;

  RelaxedBody(byte[] octets, int from, Octets out) {
    this.octets = octets;
    this.from = from;
    this.end = endOfText(octets, from);
    this.out = out;
  }

  void canonicalize() {
    if (end == from) {
      return; // an empty body stays empty
    }
    int run = from;
    int at = nextChange(from);
    while (at < end) {
      out.put(octets, run, at);
      run = putGap(at);
      at = nextChange(run);
    }
    out.put(octets, run, end);
    out.put(BodyCanonicalizer.CRLF, 0, 2);
  }

  /** Where the body ends without white space and empty lines at its end. */
  private static int endOfText(byte[] octets, int from) {
    int end = octets.length;
    while (end > from) {
      byte last = octets[end - 1];
      if (last == ' ' || last == '\t') {
        end--;
      } else if (last == '\n' && end - 2 >= from && octets[end - 2] == '\r') {
        end -= 2;
      } else {
        break;
      }
    }
    return end;
  }

  /** The first octet from {@code start} on that does not stay. The hot loop of the verifier. */
  private int nextChange(int start) {
    byte[] text = octets;
    int at = start;
    while (at + 9 <= text.length && at < end) {
      long here = (long) EIGHT.get(text, at);
      long next = (long) EIGHT.get(text, at + 1);
      if ((tabs(here) | (spaces(here) & notAboveSpace(next))) != 0) {
        for (int last = at + 8; at < last; at++) {
          if (changes(at)) {
            return at;
          }
        }
      } else {
        at += 8;
      }
    }
    while (at < end && !changes(at)) {
      at++;
    }
    return at;
  }

  /** Whether the octet begins white space that is not one space between words. */
  private boolean changes(int at) {
    byte octet = octets[at];
    if (octet == ' ' && at + 1 < octets.length) {
      byte next = octets[at + 1];
      return next == ' ' || next == '\t' || lineEndAt(at + 1);
    }
    return octet == '\t';
  }

  /** Puts what a gap of white space and line ends becomes; returns where it ends. */
  private int putGap(int start) {
    int at = start;
    boolean spaceLeft = false;
    while (at < end) {
      if (lineEndAt(at)) {
        out.put(BodyCanonicalizer.CRLF, 0, 2);
        spaceLeft = false;
        at += 2;
      } else if (octets[at] == ' ' || octets[at] == '\t') {
        spaceLeft = true;
        at++;
      } else {
        break;
      }
    }
    if (spaceLeft) {
      out.put(SPACE, 0, 1);
    }
    return at;
  }

  private boolean lineEndAt(int at) {
    return octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n';
  }

  private static long spaces(long eight) {
    return zeros(eight ^ SPACES);
  }

  private static long tabs(long eight) {
    return zeros(eight ^ TABS);
  }

  /** The high bit of each octet that is zero. */
  private static long zeros(long eight) {
    return ~(((eight & SEVEN_BITS) + SEVEN_BITS) | eight) & HIGH_BITS;
  }

  /** The high bit of each octet from 0 to 32. */
  private static long notAboveSpace(long eight) {
    return ~(((eight & SEVEN_BITS) + 0x5f5f5f5f5f5f5f5fL) | eight) & HIGH_BITS;
  }
}
