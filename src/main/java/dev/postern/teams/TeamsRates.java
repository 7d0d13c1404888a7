package dev.postern.teams;

import dev.postern.card.pace.Lane;
import dev.postern.card.pace.Rate;
import dev.postern.card.pace.Rates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What Teams takes of one bot (learn.microsoft.com, "Optimize your bot with rate limiting in
 * Teams"): in one conversation 7 messages in a second, 8 in two, 60 in thirty and 1800 in an hour,
 * begun ones included; from one app in one tenant 50 requests a second. A conversation is a channel
 * with all its threads, or a chat.
 */
final class TeamsRates implements Rates {
  private static final Lane ALL = new Lane("request", "");

  /** With its burst it keeps to 7 in a second and 60 in thirty as well. */
  private static final Rate SHORT = new Rate(8, Duration.ofSeconds(2), 6);

  private static final Rate LONG = new Rate(1800, Duration.ofHours(1), 900);
  private static final Rate APP = new Rate(50, Duration.ofSeconds(1), 25);

  /** What is written into a channel or chat, and changed there. */
  static Lane writes(String place) {
    return new Lane("write", place);
  }

  @Override
  public List<Rate> of(Lane lane) {
    return lane.equals(ALL) ? List.of(APP) : List.of(SHORT, LONG);
  }

  @Override
  public Optional<Lane> around(Lane lane) {
    return lane.equals(ALL) ? Optional.empty() : Optional.of(ALL);
  }
}
