package dev.postern.card;

/**
 * Which reminder was the last one at a card. Written before the platform is called, so that a
 * process that dies meanwhile leaves a reminder out and never makes two.
 */
public interface Reminders {

  /** Takes a reminder upon oneself; false where somebody did so before. */
  boolean begin(String cardId, String reminder);

  /** It was surely not seen: somebody may try again. */
  void giveBack(String cardId, String reminder);
}
