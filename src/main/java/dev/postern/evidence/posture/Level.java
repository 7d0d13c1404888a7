package dev.postern.evidence.posture;

import java.util.Locale;

/** How much a finding matters, the least first. */
public enum Level {
  /** As it should be. */
  OK,
  /** Worth knowing; nothing breaks without doing anything. */
  NOTE,
  /** DNS gave no answer: nothing can be said, another run may. */
  TEMPORARY,
  /** Mail is protected less than it could be, or something is close to breaking. */
  WARNING,
  /** What is published does not work, or invites forgery. */
  ERROR;

  /** The word for people and programs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
