package dev.postern.approval;

import java.time.Instant;

/**
 * One message as it counts for its sender.
 *
 * @param sender who it was
 * @param at when it came: it counts for that day, whatever becomes of it later
 * @param fate what became of it so far
 */
public record Sighting(Sender sender, Instant at, Fate fate) {

  /** What became of a message. */
  public enum Fate {
    /** A rule released it. */
    PASSED,
    /** A rule discarded it. */
    REJECTED,
    /** People are asked. */
    ASKED,
    /** People were asked, and released it, if only to some. */
    RELEASED,
    /** People were asked, and it was discarded. */
    DISCARDED;

    /** Whether people were asked. */
    public boolean asked() {
      return switch (this) {
        case PASSED, REJECTED -> false;
        case ASKED, RELEASED, DISCARDED -> true;
      };
    }

    /** Whether it was discarded, by whomever. */
    public boolean discarded() {
      return this == REJECTED || this == DISCARDED;
    }
  }

  /** The same message once people have decided, or their silence has. */
  Sighting decided(Choice choice) {
    return new Sighting(
        sender, at, choice instanceof Choice.Discard ? Fate.DISCARDED : Fate.RELEASED);
  }
}
