package dev.postern.card;

/**
 * The private answer to a click: own words only, no text of the message.
 *
 * @param title what became of the click, without a full stop
 * @param text one to three sentences
 */
public record Notice(String title, String text) {
  /** Stands below what is shown to one person alone. */
  public static final String PRIVATE = "Only you see this.";
}
