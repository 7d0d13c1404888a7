package dev.postern.mail;

/** Counts how many servers a message has passed (RFC 5321 §6.3). */
public final class Hops {
  /** Like Postfix's hopcount_limit; RFC 5321 §6.3 leaves the number to us. */
  public static final int MOST = 50;

  private static final String RECEIVED = "received:";

  private Hops() {}

  /** The number of Received fields in the header section. One pass, stops at the body. */
  public static int count(byte[] octets) {
    int count = 0;
    int line = 0;
    while (line < octets.length && octets[line] != '\r' && octets[line] != '\n') {
      if (startsReceived(octets, line)) {
        count++;
      }
      while (line < octets.length && octets[line] != '\n') {
        line++;
      }
      line++;
    }
    return count;
  }

  private static boolean startsReceived(byte[] octets, int at) {
    if (at + RECEIVED.length() > octets.length) {
      return false;
    }
    for (int i = 0; i < RECEIVED.length(); i++) {
      if (Character.toLowerCase((char) octets[at + i]) != RECEIVED.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
