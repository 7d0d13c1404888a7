package dev.postern.teams.wire;

import dev.postern.card.RetryAfter;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.teams.wire.Courier.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why Microsoft Graph did not say who is in a group, and what to mend (learn.microsoft.com,
 * "Microsoft Graph error responses and resource types"). It was only read, so that nothing is
 * uncertain.
 *
 * @param kind what follows from it
 * @param sentence what happened and how to mend it; of Graph's own text nothing but the code
 * @param asked how long Graph wants to be left alone
 */
record GraphFault(Kind kind, String sentence, Optional<Duration> asked) {
  private static final String URL = "is teams.graph-url right?";

  /** Graph answered, at that time, with something else than 2xx. */
  static GraphFault of(Reply reply, Instant now) {
    String code = Told.text(reply.json().path("error"), "code");
    String start =
        "Microsoft Graph answers "
            + reply.status()
            + (code.matches("[A-Za-z][A-Za-z_]{0,59}") ? " " + code : "");
    return switch (reply.status()) {
      case 401 -> closed(start + ": it does not take the token of teams.app-id; " + URL);
      case 403 ->
          closed(
              start
                  + ": consent is missing. Let an administrator grant it: app registration → \"API"
                  + " permissions\" → \"Add a permission\" → \"Microsoft Graph\" → \"Application"
                  + " permissions\" → GroupMember.Read.All → \"Grant admin consent\".");
      // Any other page that is not there says nothing of the group: it may be a proxy's.
      case 404 ->
          code.equals("Request_ResourceNotFound")
              ? new GraphFault(Kind.GONE, start + ".", Optional.empty())
              : closed(start + ": " + URL);
      case 400 -> new GraphFault(Kind.UNFIT, start + ".", Optional.empty());
      case 408, 429 -> busy(start + ".", RetryAfter.of(reply.retryAfter(), now));
      default ->
          reply.status() >= 500
              ? busy(start + ".", RetryAfter.of(reply.retryAfter(), now))
              : closed(start + ": " + URL);
    };
  }

  /** Nothing came back in time. */
  static GraphFault silent(IOException e) {
    return busy(
        "Microsoft Graph does not answer (" + e.getClass().getSimpleName() + "): " + URL,
        Optional.empty());
  }

  /** What came back was not Graph's. */
  static GraphFault gibberish() {
    return busy(
        "The answer to a look at a group is not Microsoft Graph's: " + URL, Optional.empty());
  }

  SurfaceTrouble trouble() {
    return asked
        .map(pause -> new SurfaceTrouble(kind, sentence, pause))
        .orElseGet(() -> new SurfaceTrouble(kind, sentence));
  }

  private static GraphFault busy(String sentence, Optional<Duration> asked) {
    return new GraphFault(Kind.AWAY, sentence, asked);
  }

  private static GraphFault closed(String sentence) {
    return new GraphFault(Kind.CLOSED, sentence, Optional.empty());
  }
}
