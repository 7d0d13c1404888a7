package dev.postern.card;

import dev.postern.evidence.signal.ReadableDomain;

/** Addresses and hosts with domains of other scripts, in the two forms that cards show. */
final class Idn {
  private Idn() {}

  /** An address or host with its domain as A-labels; as received where IDNA does not allow it. */
  static Scrubbed asciiDomain(String raw) {
    int start = raw.lastIndexOf('@') + 1;
    String domain = raw.substring(start);
    String ascii = ReadableDomain.ascii(domain);
    Scrubbed whole = Scrubbed.of(raw);
    if (ascii.equals(domain)) {
      return whole;
    }
    Scrubbed local = Scrubbed.of(raw.substring(0, start));
    return new Scrubbed(local.text() + ascii, whole.hidden(), local.symbols());
  }

  /** An address or host with its domain as people read it. */
  static Scrubbed readableDomain(String raw) {
    int start = raw.lastIndexOf('@') + 1;
    return Scrubbed.of(raw.substring(0, start) + ReadableDomain.of(raw.substring(start)));
  }
}
