package dev.postern.web;

import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A page that says why there is nothing else to show.
 *
 * @param status the HTTP status
 * @param title what happened
 * @param text what it means and what to do
 */
public record Problem(int status, String title, String text) {
  static final Problem NOT_FOUND =
      new Problem(
          404,
          "Not here",
          "There is no such page, or it is not for you to read. Case ids look like PN-7F3K-2QXD.");
  static final Problem FORBIDDEN =
      new Problem(403, "Not for you", "Only administrators may open this. Ask one of them.");
  static final Problem FORGED_FORM =
      new Problem(
          403,
          "Nothing was changed",
          "The form is from an older sign-in or from another site. Go back, reload and try again.");
  static final Problem WRONG_HOST =
      new Problem(
          421,
          "Wrong address",
          "This Postern does not answer to the name in your address bar. Use the address in the"
              + " setting http.public-url.");
  static final Problem LINK_SPENT =
      new Problem(
          410,
          "This link was used",
          "A sign-in link works once. Start Postern again for a new one, or use your access token.");
  static final Problem BROKEN =
      new Problem(
          500,
          "Something broke",
          "The message is still held. Reload in a moment; the reason is in Postern’s own log.");

  /** What cannot be shown: removed long ago, or {@link #NOT_FOUND}. */
  static Problem notThere(Optional<Instant> removed) {
    return removed.map(at -> new Problem(410, "No longer kept", removedBy(at))).orElse(NOT_FOUND);
  }

  /** Says so of a case. */
  static String removedBy(Instant at) {
    return "This case was removed by retention on "
        + at.atOffset(ZoneOffset.UTC).toLocalDate()
        + ". What was decided, by whom and when still stands in the log: \"postern audit export\".";
  }

  /** A request that cannot be understood or is too large. */
  static Problem badRequest(int status) {
    return new Problem(
        status == HttpStatus.CONTENT_TOO_LARGE.getCode() ? status : 400,
        "Not understood",
        "Postern could not read this request. Nothing was changed.");
  }
}
