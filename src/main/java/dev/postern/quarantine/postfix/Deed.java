package dev.postern.quarantine.postfix;

/** What the helper's call came to, as far as Postfix said so beyond doubt. */
sealed interface Deed {
  /**
   * It was done.
   *
   * @param goesOn whether Postfix was also asked, and runs, to deliver it now
   * @param words what Postfix said
   */
  record Done(boolean goesOn, String words) implements Deed {}

  /** Postfix found no such message on hold. */
  record Nothing() implements Deed {}

  /** Nothing was done, and why. */
  record Refused(String words) implements Deed {}

  /** It may have been done: the queue has to be looked at. */
  record Unsure(String words) implements Deed {}
}
