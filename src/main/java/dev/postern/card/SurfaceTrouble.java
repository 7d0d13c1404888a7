package dev.postern.card;

import java.time.Duration;
import java.util.Optional;

/**
 * A platform did not do what it was asked, or did not say so. Platforms have kinds of their own
 * that know more.
 */
public class SurfaceTrouble extends Exception {
  private static final long serialVersionUID = 1;

  /** What follows from it. */
  public enum Kind {
    /** Nothing was done: the platform is busy or cannot be reached. All cards of the place wait. */
    AWAY,
    /** Nobody knows whether it was done. All cards of the place wait. */
    UNSURE,
    /** Nothing is taken at this place until somebody mends something. */
    CLOSED,
    /** What it is about is not there, or not any more: somebody removed it. */
    GONE,
    /** The platform does not take this very card. */
    UNFIT
  }

  private final Kind kind;
  private final transient Optional<Duration> asked;

  /**
   * Names what went wrong.
   *
   * @param message what the platform said, made safe, and how to mend it
   */
  public SurfaceTrouble(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.asked = Optional.empty();
  }

  /**
   * Names what went wrong where the platform asked to be left alone for some time.
   *
   * @param message what the platform said, made safe, and how to mend it
   * @param asked how long, at least
   */
  public SurfaceTrouble(Kind kind, String message, Duration asked) {
    super(message);
    this.kind = kind;
    this.asked = Optional.of(asked);
  }

  /** What follows from it. */
  public final Kind kind() {
    return kind;
  }

  /** How long the platform asked to be left alone; empty when it did not say. */
  public final Optional<Duration> asked() {
    return asked;
  }
}
