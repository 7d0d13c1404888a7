package dev.postern.evidence.signal;

import com.ibm.icu.text.IDNA;

/** Domains of other scripts as people read them (UTS #46, RFC 5891). */
public final class ReadableDomain {
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  /** A name in U-labels is never longer than a name in A-labels can be (RFC 5890 §4.2). */
  private static final int LONGEST_NAME = 253;

  private ReadableDomain() {}

  /** The name in Unicode; unchanged where it is no valid internationalised name. */
  public static String of(String name) {
    if (name.length() > LONGEST_NAME) {
      return name;
    }
    IDNA.Info problems = new IDNA.Info();
    String text = UTS46.nameToUnicode(name, new StringBuilder(), problems).toString();
    return problems.hasErrors() ? name : text;
  }

  /** The name in A-labels; unchanged where IDNA allows none. */
  public static String ascii(String name) {
    if (name.length() > LONGEST_NAME || name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    IDNA.Info problems = new IDNA.Info();
    String text = UTS46.nameToASCII(name, new StringBuilder(), problems).toString();
    return problems.hasErrors() ? name : text;
  }

  /** Whether an A-label of the name stands for nothing that IDNA allows. */
  public static boolean invalid(String name) {
    IDNA.Info problems = new IDNA.Info();
    UTS46.nameToUnicode(name, new StringBuilder(), problems);
    return problems.hasErrors();
  }
}
