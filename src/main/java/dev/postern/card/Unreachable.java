package dev.postern.card;

import dev.postern.approval.Testimony.Absence;

/** A message for one person did not get there, and never will. */
public final class Unreachable extends SurfaceTrouble {
  private static final long serialVersionUID = 1;

  private final Absence why;

  /**
   * Names what is the matter.
   *
   * @param message what the platform said, made safe
   */
  public Unreachable(Absence why, String message) {
    super(Kind.GONE, message);
    this.why = why;
  }

  /** What is the matter with the account. */
  public Absence why() {
    return why;
  }
}
