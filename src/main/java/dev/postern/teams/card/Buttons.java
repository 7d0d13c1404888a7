package dev.postern.teams.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Rare;
import dev.postern.card.CardView.Style;
import java.util.List;

/**
 * The buttons of a card. Teams asks nothing before a button acts, so that everything that decides
 * stands in a form which unfolds below and says what follows.
 */
final class Buttons {
  private static final String RELEASE_SOME = "pn.release_some";
  private static final String EXECUTE = "Action.Execute";

  private final List<CardAction> actions;
  private final List<Rare> rare;
  private final Forms forms;

  Buttons(List<CardAction> actions, List<Rare> rare, Forms forms) {
    this.actions = actions;
    this.rare = rare;
    this.forms = forms;
  }

  ArrayNode row() {
    ArrayNode row = Json.array();
    boolean both = actions.stream().anyMatch(a -> a.id().equals(Field.RELEASE));
    for (CardAction action : actions) {
      // One form takes both: all are chosen when it opens.
      if (!(both && action.id().equals(RELEASE_SOME))) {
        row.add(button(action));
      }
    }
    if (!rare.isEmpty()) {
      row.add(unfolding("Other actions", Style.PLAIN, forms.rare(rare)));
    }
    return row;
  }

  private ObjectNode button(CardAction action) {
    if (action.url().isPresent()) {
      return Json.object("Action.OpenUrl")
          .put("title", Words.inert(action.label()))
          .put("url", action.url().get().toString());
    }
    if (action.id().equals(Field.EVIDENCE)) {
      return forms
          .evidence(action)
          .map(form -> unfolding(action.label(), Style.PLAIN, form))
          .orElseGet(() -> dialog(action.label(), Field.EVIDENCE, action.token()));
    }
    boolean releases = action.id().equals(Field.RELEASE) || action.id().equals(RELEASE_SOME);
    if (releases && !forms.aboutRequest()) {
      return unfolding("Release…", action.style(), forms.release(action));
    }
    boolean asks = action.confirm().isPresent() || action.stake().isPresent();
    return asks
        ? unfolding(dotted(action.label()), action.style(), forms.plain(action))
        : acting(action.id(), action.label(), action.style(), action.token());
  }

  /** A button whose press is answered in the same moment. */
  static ObjectNode acting(String verb, String label, Style style, String token) {
    String title = Words.inert(label);
    ObjectNode action = Json.object(EXECUTE).put("verb", verb).put("title", title);
    styled(action, style).putObject("data").put(Field.TOKEN, token);
    // What clients press that are too old for the above.
    ObjectNode older =
        action.putObject("fallback").put("type", "Action.Submit").put("title", title);
    older.putObject("data").put(Field.VERB, verb).put(Field.TOKEN, token);
    return action;
  }

  /** A button that opens a dialog. Only an Action.Submit can. */
  static ObjectNode dialog(String title, String verb, String token) {
    ObjectNode action = Json.object("Action.Submit").put("title", Words.inert(title));
    ObjectNode data = action.putObject("data");
    data.putObject("msteams").put("type", "task/fetch");
    data.put(Field.VERB, verb).put(Field.TOKEN, token);
    return action;
  }

  /** A button of a dialog, which takes no others. */
  static ObjectNode inDialog(CardAction action) {
    ObjectNode press = Json.object("Action.Submit").put("title", Words.inert(action.label()));
    press.putObject("data").put(Field.VERB, action.id()).put(Field.TOKEN, action.token());
    return press;
  }

  /** A card whose buttons are as a dialog takes them: what older clients press, too. */
  static ObjectNode inDialog(ObjectNode card) {
    for (JsonNode found : card.findParents("fallback")) {
      if (found instanceof ObjectNode button && button.path("type").asText().equals(EXECUTE)) {
        JsonNode older = button.path("fallback");
        button.removeAll();
        button.setAll((ObjectNode) older);
      }
    }
    return card;
  }

  private static ObjectNode unfolding(String title, Style style, ObjectNode form) {
    ObjectNode action = Json.object("Action.ShowCard").put("title", Words.inert(title));
    return styled(action, style).set("card", form);
  }

  private static ObjectNode styled(ObjectNode action, Style style) {
    return switch (style) {
      case PLAIN -> action;
      case PRIMARY -> action.put("style", "positive");
      case DANGER -> action.put("style", "destructive");
    };
  }

  private static String dotted(String label) {
    return label.endsWith("…") ? label : label + "…";
  }
}
