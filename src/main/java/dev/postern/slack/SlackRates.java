package dev.postern.slack;

import com.slack.api.methods.MethodsRateLimitTier;
import com.slack.api.methods.MethodsRateLimits;
import dev.postern.card.pace.Lane;
import dev.postern.card.pace.Rate;
import dev.postern.card.pace.Rates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Slack's rates (docs.slack.dev, "Rate limits"), method by method, and {@code chat.postMessage}
 * channel by channel.
 */
final class SlackRates implements Rates {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String POST = "chat.postMessage";

  /** Beside the rate of each channel there is one of the workspace, "several hundred" a minute. */
  private static final int POSTS_TO_ALL_CHANNELS = 300;

  private static final Lane ALL_CHANNELS = new Lane(POST, "");

  /** A tenth of a minute's calls at once: what Slack's own library takes for a burst. */
  private static final int BURST_PART = 10;

  /** From this rate on, which Slack calls tier 4, bursts may be "generous": a third. */
  private static final int GENEROUS = 100;

  private static final int GENEROUS_PART = 3;

  /** Messages into one channel, or to one person. */
  static Lane posts(String channel) {
    return new Lane(POST, channel);
  }

  /** Calls of any other method. */
  static Lane method(String name) {
    return new Lane(name, "");
  }

  @Override
  public List<Rate> of(Lane lane) {
    int most = lane.equals(ALL_CHANNELS) ? POSTS_TO_ALL_CHANNELS : perMinute(lane.kind());
    int burst = Math.max(1, most / (most < GENEROUS ? BURST_PART : GENEROUS_PART));
    return List.of(new Rate(most, MINUTE, burst));
  }

  @Override
  public Optional<Lane> around(Lane lane) {
    return lane.kind().equals(POST) && !lane.equals(ALL_CHANNELS)
        ? Optional.of(ALL_CHANNELS)
        : Optional.empty();
  }

  /** From Slack's own library, which keeps the tiers of its reference as a table. */
  private static int perMinute(String method) {
    return Math.max(
        2,
        MethodsRateLimitTier.getAllowedRequestsPerMinute(
            MethodsRateLimits.lookupRateLimitTier(method)));
  }
}
