package dev.postern.card;

import java.time.Duration;

/** A platform did not take a card. */
public final class SurfaceTrouble extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Duration retryAfter;

  /**
   * Names what went wrong.
   *
   * @param message what the platform said, made safe, and how to mend it
   * @param retryAfter when trying again makes sense
   */
  public SurfaceTrouble(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long to wait before the next try. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
