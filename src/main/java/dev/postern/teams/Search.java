package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.Doorway;
import dev.postern.card.Lookups;
import dev.postern.card.Notice;
import dev.postern.teams.card.Attachments;
import dev.postern.teams.door.Activity;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The message extension "Find case": what is found becomes a card that the person inserts. */
final class Search {
  /** The command of the app's manifest, and its one parameter. */
  static final String COMMAND = "findCase";

  static final String PARAMETER = "what";

  private static final Logger log = LoggerFactory.getLogger(Search.class);

  private final TeamsWiring postern;
  private final Doorway doorway;
  private final Lookups lookups;

  Search(TeamsWiring postern) {
    this.postern = postern;
    this.doorway = new Doorway(postern.directory());
    this.lookups = postern.lookingUp();
  }

  /** Answers a query. Whoever sends the card decides who sees it. */
  ObjectNode results(Activity heard) {
    Press asker = Press.submitted(heard, heard.json().path("value"));
    try {
      Optional<Notice> refusal = doorway.refuses(asker.who());
      return refusal.isPresent()
          ? told(refusal.get())
          : found(asker, Talk.typed(typed(heard.json())));
    } catch (RuntimeException ours) {
      log.error("A search in Teams failed", ours);
      return told(Presses.BUSY);
    }
  }

  private ObjectNode found(Press asker, String typed) {
    CardView card =
        lookups.cases(
            typed, postern.directory().person(asker.who()).orElseThrow(), Talk.IN_CHANNELS);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode extension = answer.putObject("composeExtension");
    extension.put("type", "result").put("attachmentLayout", "list");
    extension.putArray("attachments").add(Attachments.result(card.toAll()));
    return answer;
  }

  /** Teams asks once with a parameter of its own, before anything is typed. */
  private static String typed(JsonNode activity) {
    for (JsonNode parameter : activity.path("value").path("parameters")) {
      if (Claim.text(parameter, "name").equals(PARAMETER)) {
        return Claim.text(parameter, "value").strip();
      }
    }
    return "";
  }

  private static ObjectNode told(Notice notice) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("composeExtension")
        .put("type", "message")
        .put("text", notice.title() + ". " + notice.text());
    return answer;
  }
}
