package dev.postern.slack;

import dev.postern.card.RetryAfter;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Why Slack did not do what it was asked, as far as one knows.
 *
 * @param kind what follows from it
 * @param sentence what happened and how to mend it; no token, no text of a message
 * @param asked how long Slack wants to be left alone
 * @param operatorsBusiness whether readiness should say so
 * @param word Slack's own word; empty where it has none
 */
record SlackFault(
    Kind kind,
    String sentence,
    Optional<Duration> asked,
    boolean operatorsBusiness,
    Optional<String> word) {
  private static final Duration UNTOLD_PAUSE = Duration.ofSeconds(30);

  private SlackFault(
      Kind kind, String sentence, Optional<Duration> asked, boolean operatorsBusiness) {
    this(kind, sentence, asked, operatorsBusiness, Optional.empty());
  }

  /** Slack answered {@code "ok": false}. */
  static SlackFault refused(String method, @Nullable String error, @Nullable String needed) {
    String code = error != null && error.matches("[a-z_]{1,60}") ? error : "an unknown error";
    return meaning(method, code, needed).named(code);
  }

  private SlackFault named(String code) {
    return new SlackFault(kind, sentence, asked, operatorsBusiness, Optional.of(code));
  }

  private static SlackFault meaning(String method, String code, @Nullable String needed) {
    String start = "Slack answers " + code + " to " + method;
    return switch (code) {
      case "invalid_auth",
          "not_authed",
          "not_allowed_token_type",
          "account_inactive",
          "token_revoked",
          "token_expired" ->
          closed(start + ": install the app again and set slack.bot-token to its new token.");
      case "missing_scope" ->
          closed(
              start
                  + ": the app lacks the scope "
                  + (needed != null && needed.matches("[a-z:.,]{1,80}") ? needed : "it needs")
                  + "; update it from the manifest and install it again.");
      case "channel_not_found", "not_in_channel" ->
          closed(start + ": invite @Postern to the channel, or mend slack.channels.default.");
      case "is_archived" -> closed(start + ": unarchive the channel or choose another.");
      case "restricted_action",
          "ekm_access_denied",
          "access_denied",
          "no_permission",
          "org_login_required",
          "team_access_not_granted",
          "enterprise_is_restricted",
          "two_factor_setup_required",
          "accesslimited" ->
          closed(start + ": let the workspace's owners allow the app to do that there.");
      case "ratelimited", "rate_limited" -> busy(start + ".", UNTOLD_PAUSE);
      // While the workspace moves into an organisation.
      case "team_added_to_org" -> busy(start + ".", UNTOLD_PAUSE);
      // Slack says of its internal errors that parts of the request may have been carried out.
      case "internal_error", "fatal_error", "service_unavailable", "request_timeout" ->
          unsure(start + ".");
      // Without a group, or a plan that has groups, there is nobody in it.
      case "message_not_found",
          "cant_update_message",
          "no_such_subteam",
          "subteam_not_found",
          "plan_upgrade_required" ->
          new SlackFault(Kind.GONE, start + ".", Optional.empty(), false);
      default -> new SlackFault(Kind.UNFIT, start + ".", Optional.empty(), false);
    };
  }

  /** Slack answered, at that time, with an HTTP status other than 200. */
  static SlackFault status(String method, Response response, Instant now) {
    int status = response.code();
    String start = "Slack answers HTTP " + status + " to " + method;
    if (status == 429) {
      String header = String.valueOf(response.header("Retry-After"));
      return busy(start + ": too many requests.", RetryAfter.of(header, now).orElse(UNTOLD_PAUSE));
    }
    return status >= 500 || status == 408
        ? unsure(start + ".")
        : closed(start + ": is slack.api-url right?");
  }

  /** Nothing came back. Unless there was no connection, nobody knows whether Slack did it. */
  static SlackFault silent(String method, IOException e) {
    String sentence =
        "Slack does not answer " + method + " (" + e.getClass().getSimpleName() + ").";
    boolean unsent = e instanceof ConnectException || e instanceof UnknownHostException;
    return unsent ? new SlackFault(Kind.AWAY, sentence, Optional.empty(), true) : unsure(sentence);
  }

  /** What came back was not Slack's JSON; what is between may have passed the request on. */
  static SlackFault gibberish(String method) {
    return unsure("The answer to " + method + " is not Slack's: is slack.api-url right?");
  }

  SurfaceTrouble trouble() {
    return asked
        .map(pause -> new SurfaceTrouble(kind, sentence, pause))
        .or(() -> word.map(code -> new SlackRefusal(kind, sentence, code)))
        .orElseGet(() -> new SurfaceTrouble(kind, sentence));
  }

  private static SlackFault closed(String sentence) {
    return new SlackFault(Kind.CLOSED, sentence, Optional.empty(), true);
  }

  private static SlackFault unsure(String sentence) {
    return new SlackFault(Kind.UNSURE, sentence, Optional.empty(), true);
  }

  private static SlackFault busy(String sentence, Duration pause) {
    return new SlackFault(Kind.AWAY, sentence, Optional.of(pause), false);
  }
}
