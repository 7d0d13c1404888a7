package dev.postern.slack;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Why Slack did not take a request.
 *
 * @param sentence what happened and how to mend it; no token, no text of a message
 * @param retryAfter when another try makes sense
 * @param operatorsBusiness whether readiness should say so
 */
record SlackFault(String sentence, Duration retryAfter, boolean operatorsBusiness) {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration WHEN_MENDED = Duration.ofMinutes(5);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** Slack answered {@code "ok": false}. */
  static SlackFault refused(String method, @Nullable String error, @Nullable String needed) {
    String code = error != null && error.matches("[a-z_]{1,60}") ? error : "an unknown error";
    String start = "Slack answers " + code + " to " + method;
    return switch (code) {
      case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired" ->
          lasting(start + ": install the app again and set slack.bot-token to its new token.");
      case "missing_scope" ->
          lasting(
              start
                  + ": the app lacks the scope "
                  + (needed != null && needed.matches("[a-z:.,]{1,80}") ? needed : "it needs")
                  + "; update it from the manifest and install it again.");
      case "channel_not_found", "not_in_channel" ->
          lasting(start + ": invite @Postern to the channel, or mend slack.channels.default.");
      case "is_archived" -> lasting(start + ": unarchive the channel or choose another.");
      case "ratelimited", "rate_limited" ->
          new SlackFault(start + ".", SOON.multipliedBy(3), false);
      case "internal_error", "fatal_error", "service_unavailable", "request_timeout" ->
          new SlackFault(start + ".", SOON, true);
      default -> new SlackFault(start + ".", WHEN_MENDED, false);
    };
  }

  /** Slack answered with an HTTP status other than 200. */
  static SlackFault status(String method, Response response) {
    int status = response.code();
    String start = "Slack answers HTTP " + status + " to " + method;
    if (status == 429) {
      return new SlackFault(start + ": too many requests.", pause(response), false);
    }
    return status >= 500 || status == 408
        ? new SlackFault(start + ".", SOON, true)
        : lasting(start + ": is slack.api-url right?");
  }

  /** Nothing came back; whether Slack did it nobody knows. */
  static SlackFault silent(String method, IOException e) {
    return new SlackFault(
        "Slack does not answer " + method + " (" + e.getClass().getSimpleName() + ").", SOON, true);
  }

  /** What came back was not Slack's JSON. */
  static SlackFault gibberish(String method) {
    return lasting("The answer to " + method + " is not Slack's: is slack.api-url right?");
  }

  private static SlackFault lasting(String sentence) {
    return new SlackFault(sentence, WHEN_MENDED, true);
  }

  private static Duration pause(Response response) {
    String seconds = response.header("Retry-After");
    if (seconds == null || !seconds.matches("\\d{1,6}")) {
      return SOON.multipliedBy(3);
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
    if (asked.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }
}
