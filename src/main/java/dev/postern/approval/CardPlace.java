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
}
