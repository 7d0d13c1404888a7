package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What shows something to one person and decides nothing: look-ups and the Home tab. */
final class Showing {
  private final LookPress looks;
  private final SenderShortcut senders;
  private final Home home;

  Showing(Wiring postern, WebApi api, ResponseUrls responses, Executor afterwards) {
    this.home = new Home(postern, api, afterwards);
    this.looks = new LookPress(postern, api, responses, home::redraw, afterwards);
    this.senders = new SenderShortcut(postern, api, afterwards);
  }

  /** The acknowledgement of an interaction of this kind; empty for others. */
  Optional<Reply> interaction(JsonNode payload) {
    if (LookPress.is(payload)) {
      return Optional.of(looks.handle(payload));
    }
    return SenderShortcut.is(payload) ? Optional.of(senders.handle(payload)) : Optional.empty();
  }

  /** Somebody opened the app's pages in Slack. */
  void opened(String team, JsonNode event) {
    home.opened(team, event);
  }
}
