package dev.postern.card;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a platform wants to be left alone: the header {@code Retry-After} as RFC 9110 §10.2.3
 * has it, in seconds or as a date, kept within what can be meant.
 */
public final class RetryAfter {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /**
   * Reads the header.
   *
   * @param header its value as it came
   * @param now the time from which a date is counted
   * @return at least a second, at most an hour; empty when it says nothing that can be read
   */
  public static Optional<Duration> of(String header, Instant now) {
    return header.matches("\\d{1,6}")
        ? Optional.of(bounded(Duration.ofSeconds(Long.parseLong(header))))
        : HttpDate.read(header).map(until -> bounded(Duration.between(now, until)));
  }

  private static Duration bounded(Duration asked) {
    if (asked.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
