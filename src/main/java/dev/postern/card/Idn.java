package dev.postern.card;

import com.ibm.icu.text.IDNA;

/** Domains of other scripts: the A-label that DNS knows, and how it reads (UTS #46, RFC 5891). */
final class Idn {
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  /** A name in U-labels is never longer than a name in A-labels can be (RFC 5890 §4.2). */
  private static final int LONGEST_NAME = 253;

  private Idn() {}

  /** An address or host with its domain as A-labels; as received where IDNA does not allow it. */
  static Scrubbed asciiDomain(String raw) {
    int start = raw.lastIndexOf('@') + 1;
    String domain = raw.substring(start);
    Scrubbed whole = Scrubbed.of(raw);
    if (domain.chars().allMatch(c -> c < 0x80) || domain.length() > LONGEST_NAME) {
      return whole;
    }
    IDNA.Info problems = new IDNA.Info();
    String ascii = UTS46.nameToASCII(domain, new StringBuilder(), problems).toString();
    if (problems.hasErrors()) {
      return whole;
    }
    Scrubbed local = Scrubbed.of(raw.substring(0, start));
    return new Scrubbed(local.text() + ascii, whole.hidden(), local.symbols());
  }

  /** An address or host with its domain as people read it. */
  static Scrubbed readableDomain(String raw) {
    int start = raw.lastIndexOf('@') + 1;
    return Scrubbed.of(raw.substring(0, start) + unicode(raw.substring(start)));
  }

  /** The name in Unicode; unchanged where it is no valid internationalised name. */
  static String unicode(String name) {
    if (name.length() > LONGEST_NAME) {
      return name;
    }
    IDNA.Info problems = new IDNA.Info();
    String text = UTS46.nameToUnicode(name, new StringBuilder(), problems).toString();
    return problems.hasErrors() ? name : text;
  }

  /** Whether an A-label of the name stands for nothing that IDNA allows. */
  static boolean invalid(String name) {
    IDNA.Info problems = new IDNA.Info();
    UTS46.nameToUnicode(name, new StringBuilder(), problems);
    return problems.hasErrors();
  }
}
