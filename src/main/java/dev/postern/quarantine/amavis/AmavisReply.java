package dev.postern.quarantine.amavis;

import dev.postern.approval.Outcome.Kind;
import java.util.regex.Pattern;

/**
 * What amavis replied for one recipient. It says 4xx also where it does not know whether its next
 * hop took the message, so a refusal is only what the next hop said itself, or what failed before
 * the message had gone over. Everything else is uncertain: amavis would deliver a second time.
 *
 * @param kind what it proves
 * @param words for the card
 */
record AmavisReply(Kind kind, String words) {
  private static final int LONGEST_WORDS = 500;

  /** The next hop's own reply stands behind the colon; amavis's word for a lost one does not. */
  private static final Pattern REFUSED_BY_MTA =
      Pattern.compile("[45][0-9]{2} (?:[45][0-9.]* )?from MTA\\([^()]*\\): [45][0-9]{2} .*");

  private static final Pattern NOT_REACHED = Pattern.compile("450 4\\.4\\.1 Can't connect .*");

  /** Steps of amavis that end before it begins to send the content. */
  private static final Pattern BEFORE_CONTENT =
      Pattern.compile(
          "45[01] 4\\.[0-9.]+ (?:From MTA\\([^()]*\\)|Timed out) during"
              + " fwd-(?:connect|xforward|auth|pre-mail-from|mail-from|rcpt-to|data-cmd|mail-pip|rcpt-pip|data-chkpnt)["
              + " ,].*");

  /** Of amavis itself, such as for a message that went round in circles. */
  private static final Pattern REFUSED_BY_AMAVIS = Pattern.compile("55[0-9] 5\\.[0-9.]+ .*");

  private static final String DIED = "450 4.5.0 ERROR: ";

  static AmavisReply of(String reply) {
    if (reply.startsWith(DIED)) {
      AmavisRefusal refusal = AmavisRefusal.whileSending(reply.substring(DIED.length()));
      return new AmavisReply(refusal.kind(), refusal.words());
    }
    return new AmavisReply(kind(reply), shortened(reply));
  }

  private static Kind kind(String reply) {
    if (reply.startsWith("2")) {
      return Kind.DELIVERED_TO_NEXT_HOP;
    }
    if (REFUSED_BY_MTA.matcher(reply).matches()) {
      return reply.startsWith("5") ? Kind.PERM_FAIL : Kind.TEMP_FAIL;
    }
    if (NOT_REACHED.matcher(reply).matches() || BEFORE_CONTENT.matcher(reply).matches()) {
      return Kind.TEMP_FAIL;
    }
    return REFUSED_BY_AMAVIS.matcher(reply).matches() ? Kind.PERM_FAIL : Kind.UNCERTAIN;
  }

  static String shortened(String words) {
    return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
  }
}
