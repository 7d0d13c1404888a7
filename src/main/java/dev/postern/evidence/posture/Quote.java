package dev.postern.evidence.posture;

/** Foreign text within our own, as long as a sentence bears. */
final class Quote {
  private static final int LONGEST = 80;

  private Quote() {}

  /** The text in quotation marks; still hostile. */
  static String of(String foreign) {
    return '"' + bare(foreign) + '"';
  }

  /** The text as it is; still hostile. */
  static String bare(String foreign) {
    return foreign.length() <= LONGEST ? foreign : foreign.substring(0, LONGEST) + "...";
  }
}
