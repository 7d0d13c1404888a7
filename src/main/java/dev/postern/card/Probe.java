package dev.postern.card;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Words of the doctor's test card, and of the answer to whoever presses its button.
 *
 * @param platform Slack, Teams
 */
public record Probe(String platform) {
  /** What the button says. */
  public static final String PRESS = "Press me";

  /** What the card says. */
  public Notice card() {
    return new Notice(
        "Does Postern hear you?",
        "A test card of \"postern doctor "
            + platform.toLowerCase(Locale.ROOT)
            + "\". It decides nothing. Press the button.");
  }

  /**
   * What whoever pressed is told.
   *
   * @param pressed when, by the platform's clock; empty where it does not say
   * @param arrived when the press was here
   */
  public Notice heard(Optional<Instant> pressed, Instant arrived) {
    return new Notice(
        "Postern hears you",
        pressed
            .map(
                at ->
                    "Your press took " + since(at, arrived) + " from " + platform + " to Postern.")
            .orElseGet(() -> platform + " did not say when you pressed."));
  }

  /** The time between, in seconds; none where the clocks disagree about what came first. */
  public static String since(Instant then, Instant now) {
    Duration time = Duration.between(then, now);
    long millis = time.isNegative() ? 0 : time.toMillis();
    return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
  }
}
