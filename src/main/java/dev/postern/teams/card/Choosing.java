package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseId;
import dev.postern.card.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A form with one choice, mostly among people. It is made to fit: names lose their middle, then the
 * last are left out, and the form says so.
 *
 * @param title of the form and of its button
 * @param verb what it sends
 * @param consequence what follows, in own words
 * @param label of the choice
 * @param options what can be chosen
 * @param note name of a field for a few words, which may stay empty; empty without
 */
record Choosing(
    String title,
    String verb,
    String consequence,
    String label,
    List<Option> options,
    String note) {
  private static final List<Room> ROOMS =
      List.of(new Room(100, 400), new Room(100, 32), new Room(60, 20), new Room(40, 16));

  /**
   * One thing to choose.
   *
   * @param value what the form sends
   * @param words own words, before a name with a space at the end
   * @param name somebody else's word for it
   * @param inTitle what the title may say of a name that stands above under a number
   */
  record Option(
      String value,
      String words,
      Optional<Foreign> name,
      BiFunction<Integer, Foreign, String> inTitle) {}

  private record Room(int options, int name) {}

  /** The form; empty where there is nothing to choose. */
  Optional<ObjectNode> draw(String token, CaseId id) {
    if (options.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode card = draw(ROOMS.getFirst(), token, id);
    for (int i = 1; i < ROOMS.size() && Json.size(card) > AdaptiveCards.MOST_OCTETS; i++) {
      card = draw(ROOMS.get(i), token, id);
    }
    return Optional.of(card);
  }

  private ObjectNode draw(Room room, String token, CaseId id) {
    ObjectNode card = AdaptiveCards.frame(title + ", case " + id + ".");
    ArrayNode body = card.putArray("body");
    body.add(Json.heading(title)).add(Json.ownText(consequence));
    Inputs inputs = new Inputs();
    ObjectNode choice = Inputs.needed(inputs.choice(Field.WHOM, label), "Choose one.");
    List<Foreign> shown = options(choice, room);
    if (!shown.isEmpty()) {
      body.add(Inputs.shown(shown));
    }
    body.add(choice);
    if (!note.isEmpty()) {
      body.add(inputs.words(Field.reason(verb), note));
    }
    boolean all = options.size() <= room.options();
    String more = all ? "" : " There are more: Postern’s web page shows all.";
    body.add(Json.footer("Case " + id + ". Close this to change nothing." + more));
    ObjectNode press = card.putArray("actions").addObject();
    press.put("type", "Action.Submit").put("title", title);
    press.putObject("data").put(Field.VERB, verb).put(Field.TOKEN, token);
    return card;
  }

  /** What cannot be left out stands last: own words, for example to step aside. */
  private List<Foreign> options(ObjectNode choice, Room room) {
    List<Foreign> shown = new ArrayList<>();
    ArrayNode choices = choice.putArray("choices");
    for (Option one : options) {
      if (one.name().isEmpty()) {
        choices.add(Inputs.option(one.words(), one.value()));
      } else if (shown.size() < room.options()) {
        Foreign name = one.name().get().shortened(room.name());
        shown.add(name);
        String title = one.inTitle().apply(shown.size(), name);
        choices.add(Inputs.option(one.words() + title, one.value()));
      }
    }
    return shown;
  }
}
