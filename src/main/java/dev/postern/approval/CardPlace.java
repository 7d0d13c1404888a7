package dev.postern.approval;

/**
 * Where a card stands.
 *
 * @param surface {@code web}, {@code slack}, {@code teams}
 * @param channel the platform's channel id; empty on surfaces without channels
 */
public record CardPlace(String surface, String channel) {
  /** The web console, which shows every case. */
  public static final CardPlace WEB = new CardPlace("web", "");

  /** A place as the policy names it: {@code slack:C0123}. */
  static CardPlace parse(String place) {
    int colon = place.indexOf(':');
    return new CardPlace(place.substring(0, colon), place.substring(colon + 1));
  }
}
