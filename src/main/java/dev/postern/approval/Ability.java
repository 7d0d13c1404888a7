package dev.postern.approval;

/** What a kind of mail system can do besides releasing a message to everybody. */
public enum Ability {
  /** Release to some of the recipients only. */
  PARTIAL_RELEASE,
  /** Delete a held message. */
  DISCARD
}
