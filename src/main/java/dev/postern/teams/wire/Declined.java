package dev.postern.teams.wire;

import dev.postern.card.SurfaceTrouble;

/**
 * A place does not take messages of the app, as far as that place alone goes: somebody blocked or
 * removed it there, or never added it. Of one person's chat nothing can be mended by an operator.
 */
public final class Declined extends SurfaceTrouble {
  private static final long serialVersionUID = 1;

  Declined(String message) {
    super(Kind.CLOSED, message);
  }
}
