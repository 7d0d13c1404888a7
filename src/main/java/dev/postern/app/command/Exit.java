package dev.postern.app.command;

/** Exit codes, for scripts to lean on. */
public final class Exit {
  /** Done. */
  public static final int OK = 0;

  /** The answer is no. */
  public static final int NO = 1;

  /** Command line or settings cannot be used. */
  public static final int USAGE = 2;

  /** Something needed does not answer. */
  public static final int UNAVAILABLE = 3;

  private Exit() {}
}
