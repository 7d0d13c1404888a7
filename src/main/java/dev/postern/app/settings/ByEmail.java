package dev.postern.app.settings;

/**
 * What the mail address is good for that a workspace verified for an account.
 *
 * @param link an account that nobody names is that of the person with the address
 * @param ask the account can be asked about a message to the address
 */
public record ByEmail(boolean link, boolean ask) {
  /** Nothing: accounts are known by their ids only. */
  public static final ByEmail NOTHING = new ByEmail(false, false);
}
