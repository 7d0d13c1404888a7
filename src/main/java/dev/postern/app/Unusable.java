package dev.postern.app;

/** Postern cannot start or go on; the message is a sentence for the operator that says the mend. */
public final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A sentence for the operator. */
  public Unusable(String message) {
    super(message);
  }

  /** A sentence for the operator, and what lies behind it. */
  public Unusable(String message, Throwable cause) {
    super(message, cause);
  }
}
