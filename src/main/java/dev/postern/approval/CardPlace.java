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

  /** Before the account in a channel's stead: no platform has such an id. */
  private static final String OWN_CHAT = "chat:";

  /**
   * The chat of one account with Postern, where its owner is asked alone. What else that account is
   * told, as a witness or to take a place, stands at a place of its own.
   */
  public static CardPlace ownChat(String surface, String account) {
    return new CardPlace(surface, OWN_CHAT + account);
  }

  /** Whether one is asked alone here. */
  public boolean isOwnChat() {
    return channel.startsWith(OWN_CHAT);
  }

  /** What the platform is to write to: a channel, or an account. */
  public String address() {
    return isOwnChat() ? channel.substring(OWN_CHAT.length()) : channel;
  }

  /** Whether somebody's own chat is this place. */
  boolean isOwnChatOf(Identity who) {
    return equals(ownChat(who.platform(), who.user()));
  }

  /** A place as the policy names it: {@code slack:C0123}. */
  static CardPlace parse(String place) {
    int colon = place.indexOf(':');
    return new CardPlace(place.substring(0, colon), place.substring(colon + 1));
  }
}
