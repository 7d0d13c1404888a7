package dev.postern.quarantine;

import java.util.Optional;

/**
 * How much of what a mail system holds was seen by the last look, and what is said of the rest.
 * What is not seen is held all the same, and nothing is concluded of it.
 */
public final class Coverage {
  /** Added to who held a message whose octets are too many to be read: the card says it so. */
  public static final String TOO_LARGE = "; over mail.smtp.max-size, not examined";

  private final String system;
  private volatile Optional<String> trouble = Optional.empty();

  /** Nothing was looked at yet. */
  public Coverage(String system) {
    this.system = system;
  }

  /**
   * What a look has seen.
   *
   * @param whole whether the list was read to its end
   * @param unreadable how many of its messages have no id or recipient by which to ask for them
   */
  public void seen(boolean whole, long unreadable) {
    String rest =
        system
            + " lists more mail than is read at once: people are asked about what was read, and the"
            + " rest is seen when some of that is decided";
    String strange =
        system
            + " lists "
            + unreadable
            + " messages with an id that cannot be read: nobody is asked about them, so look at"
            + " them there";
    trouble =
        whole
            ? Optional.of(strange).filter(_ -> unreadable > 0)
            : Optional.of(unreadable > 0 ? rest + ". " + strange : rest);
  }

  /** What is not seen; empty where nothing is known to be. */
  public Optional<String> trouble() {
    return trouble;
  }
}
