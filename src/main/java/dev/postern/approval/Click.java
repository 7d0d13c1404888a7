package dev.postern.approval;

/**
 * What a surface delivered: a claim, until it is judged.
 *
 * @param eventId unique on its surface; the same event again is the same click
 * @param surface {@code slack}, {@code web}, {@code api}
 * @param who the account that clicked, as the authenticated request says
 * @param token what the button carried
 * @param place the channel that the card was clicked in; empty on surfaces without channels
 * @param act what the person wants
 * @param reason the person's words; empty without
 */
public record Click(
    String eventId,
    String surface,
    Identity who,
    String token,
    String place,
    Act act,
    String reason) {

  /** Longest reason that is kept. */
  public static final int LONGEST_REASON = 2000;
}
