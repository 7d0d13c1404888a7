package dev.postern.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of earlier mail from one sender, over the days that are remembered.
 *
 * @param seen messages that were examined
 * @param passed of these, those that a rule released
 * @param asked of these, those that people were asked about
 * @param released of these, those that people released
 * @param discarded of these, those that people or a rule discarded
 * @param first when the first came; empty where none did
 * @param last when the last came; empty where none did
 */
public record SenderHistory(
    long seen,
    long passed,
    long asked,
    long released,
    long discarded,
    Optional<Instant> first,
    Optional<Instant> last) {
  /** Nothing came so far. */
  public static final SenderHistory NONE =
      new SenderHistory(0, 0, 0, 0, 0, Optional.empty(), Optional.empty());

  /** Whole days since an instant; 0 where there was none. */
  static long days(Optional<Instant> since, Instant now) {
    return since.map(it -> Math.max(0, Duration.between(it, now).toDays())).orElse(0L);
  }
}
