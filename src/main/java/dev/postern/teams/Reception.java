package dev.postern.teams;

import dev.postern.teams.door.Activity;
import dev.postern.teams.door.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where genuine activities arrive: who deals with them. */
final class Reception {
  private static final Logger log = LoggerFactory.getLogger(Reception.class);

  /** For an invoke that no card and no manifest of ours asks for ("Invoke activity"). */
  private static final Reply NOT_OURS =
      Reply.problem(501, "Not implemented", "The name of this invoke is none that Postern knows.");

  private final Places places;
  private final Presses presses;
  private final TaskDialogs dialogs;
  private final Search search;
  private final Talk talk;
  private final Installs installs;

  Reception(
      Places places,
      Presses presses,
      TaskDialogs dialogs,
      Search search,
      Talk talk,
      Installs installs) {
    this.places = places;
    this.presses = presses;
    this.dialogs = dialogs;
    this.search = search;
    this.talk = talk;
    this.installs = installs;
  }

  /** Deals with an activity, and says what to answer. */
  Reply handle(Activity heard) {
    return switch (heard.type()) {
      case "invoke" -> invoke(heard);
      case "message" -> {
        learn(heard);
        yield talk.message(heard);
      }
      case "conversationUpdate", "installationUpdate" -> installs.changed(heard);
      // Typing, reactions, read receipts: nothing to do.
      default -> Reply.ok();
    };
  }

  private Reply invoke(Activity heard) {
    String name = Claim.text(heard.json(), "name");
    if (!name.startsWith("composeExtension/")) { // those come from places that the app is not in
      learn(heard);
    }
    return switch (name) {
      case "adaptiveCard/action" -> Reply.json(presses.answer(Press.executed(heard)));
      case "task/fetch" ->
          Reply.json(dialogs.open(Press.submitted(heard, heard.json().path("value").path("data"))));
      case "task/submit" ->
          Reply.json(dialogs.sent(Press.submitted(heard, heard.json().path("value").path("data"))));
      case "composeExtension/query" -> Reply.json(search.results(heard));
      default -> NOT_OURS;
    };
  }

  /** Cards are answered even where that cannot be written down. */
  private void learn(Activity heard) {
    try {
      places.learn(heard);
    } catch (RuntimeException storeTrouble) {
      log.warn("A place in Teams could not be remembered: {}", storeTrouble.toString());
    }
  }
}
