package dev.postern.evidence.dkim;

/** The body in canonical form (RFC 6376 §3.4.3, §3.4.4), without a copy of it. */
final class BodyCanonicalizer {
  static final byte[] CRLF = {'\r', '\n'};

  private BodyCanonicalizer() {}

  /** Puts the canonical form of {@code octets[from, end)} into {@code out} in one pass. */
  static void canonicalize(Canonicalization how, byte[] octets, int from, Octets out) {
    switch (how) {
      case SIMPLE -> simple(octets, from, out);
      case RELAXED -> new RelaxedBody(octets, from, out).canonicalize();
    }
  }

  private static void simple(byte[] octets, int from, Octets out) {
    int end = octets.length;
    while (end - 2 >= from && octets[end - 2] == '\r' && octets[end - 1] == '\n') {
      end -= 2;
    }
    out.put(octets, from, end);
    out.put(CRLF, 0, 2); // §3.4.3: an empty body is one CRLF, a missing last CRLF is added
  }
}
