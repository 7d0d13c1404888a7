package dev.postern.quarantine.amavis;

import dev.postern.approval.Outcome.Kind;

/**
 * What amavis could not do. It says 450 and "tempfail" for everything, so what is worth another try
 * is told by its text alone, and what is in no case known is not tried again.
 *
 * @param kind whether it may be tried again
 * @param words for the card, and how to mend it
 */
record AmavisRefusal(Kind kind, String words) {
  private static final AmavisRefusal NOT_ITS_OWN =
      new AmavisRefusal(Kind.PERM_FAIL, "amavis does not take the file for its own");

  private static final AmavisRefusal UNKNOWN =
      new AmavisRefusal(
          Kind.UNCERTAIN, "amavis failed, nobody knows how far it got; its log says why");

  /** What it died of once it had the file open: some may have it then, unless it never began. */
  static AmavisRefusal whileSending(String words) {
    return words.startsWith("Stored quarantine ID") ? NOT_ITS_OWN : UNKNOWN;
  }

  static AmavisRefusal of(String words) {
    if (words.contains("Secret_id")) {
      return new AmavisRefusal(
          Kind.PERM_FAIL,
          "amavis asks for a secret_id: set auth_required_release => 0 for the port");
    }
    if (words.contains("does not exist")) {
      return new AmavisRefusal(
          Kind.PERM_FAIL,
          "amavis does not find the file: is mail.amavis.quarantine its $QUARANTINEDIR?");
    }
    if (words.contains("Unsafe filename") || words.contains("Invalid mail_id")) {
      return NOT_ITS_OWN;
    }
    if (words.contains("inaccessible") || words.contains("Can't open")) {
      return new AmavisRefusal(Kind.TEMP_FAIL, "amavis cannot read the file; its log says why");
    }
    return UNKNOWN;
  }
}
