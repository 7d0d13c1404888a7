package dev.postern.teams.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that a service of Microsoft takes.
 *
 * @param token the token itself, never printed
 * @param renew when a new one should be asked for
 * @param until when it is not used any more
 */
record Bearer(String token, Instant renew, Instant until) {
  private static final Duration LONGEST = Duration.ofDays(2);
  private static final Duration EARLY = Duration.ofMinutes(5);
  private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

  /**
   * Reads Entra's answer.
   *
   * @param asked when it was asked for: its life is counted from there
   * @return empty when it is none
   */
  static Optional<Bearer> parse(JsonNode answer, Instant asked) {
    String token = Told.text(answer, "access_token");
    // Some authorities write the number as text.
    long seconds = answer.path("expires_in").asLong();
    boolean bearer = Told.text(answer, "token_type").equalsIgnoreCase("Bearer");
    if (!bearer || seconds <= 0 || !token.matches("[\\x21-\\x7e]{1,16384}")) {
      return Optional.empty();
    }
    Duration life = Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
    return Optional.of(
        new Bearer(
            token,
            asked.plus(longer(life.minus(EARLY), life.dividedBy(2))),
            asked.plus(longer(life.minus(ON_THE_WAY), life.dividedBy(2)))));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** Says how long it lives, and no token. */
  @Override
  public String toString() {
    return "Bearer[renew=%s, until=%s]".formatted(renew, until);
  }
}
