package dev.postern.mail;

/**
 * Looks for lines that only a lax MTA takes for the end of a message.
 *
 * <p>SMTP ends a message at {@code CRLF . CRLF} and nowhere else (RFC 5321 §4.1.1.4). Some servers
 * also take a bare LF or a bare CR for a line end, so that {@code LF . LF} or {@code LF . CRLF}
 * inside a message ends it for them, and what follows is run as commands under the sender's
 * authority (SMTP smuggling). Dot-stuffing does not help, because it applies after CRLF only.
 */
public final class StrayDots {
  private StrayDots() {}

  /**
   * The offset of the first dot that stands alone between a bare CR or LF and any CR or LF; -1 when
   * there is none. Costs one pass.
   */
  public static int find(byte[] octets) {
    for (int i = 1; i < octets.length; i++) {
      if (octets[i] == '.' && afterBareBreak(octets, i) && beforeAnyBreak(octets, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean afterBareBreak(byte[] octets, int dot) {
    byte before = octets[dot - 1];
    return before == '\r' || (before == '\n' && (dot < 2 || octets[dot - 2] != '\r'));
  }

  private static boolean beforeAnyBreak(byte[] octets, int dot) {
    return dot + 1 == octets.length || octets[dot + 1] == '\r' || octets[dot + 1] == '\n';
  }
}
