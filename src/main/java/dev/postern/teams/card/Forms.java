package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Confirm;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Rare;
import dev.postern.card.CardView.Stake;
import dev.postern.card.Foreign;
import dev.postern.card.Look;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What unfolds below a card when one of its buttons is pressed. */
final class Forms {
  private static final String KEPT = "Reason, kept in the audit log";

  private final CardView card;
  private final Inputs ids = new Inputs();

  Forms(CardView card) {
    this.card = card;
  }

  /** Whether there is no message, and somebody asks for something. */
  boolean aboutRequest() {
    return card.kind() == CardView.Kind.REQUEST;
  }

  /** To whom, and why. */
  ObjectNode release(CardAction action) {
    ObjectNode form = form();
    ArrayNode body = consequence(form, action);
    List<Foreign> all = card.recipients();
    if (!all.isEmpty()) {
      body.add(Inputs.shown(all));
      body.add(recipients(all));
    }
    boolean needed = needed(action);
    ObjectNode reason =
        ids.words(
            Field.reason(Field.RELEASE),
            needed ? "Why is this message safe? Needed, kept in the audit log" : KEPT);
    body.add(needed ? Inputs.needed(reason, "Say why this message is safe.") : reason);
    later(body, action);
    form.putArray("actions")
        .add(
            all.isEmpty()
                ? Buttons.acting(Field.RELEASE_ALL, toAll(action), action.style(), action.token())
                : Buttons.acting(
                    Field.RELEASE, "Release to the chosen", action.style(), action.token()));
    return form;
  }

  private String toAll(CardAction action) {
    return card.kind() == CardView.Kind.CAMPAIGN
        ? action.label().replace("…", "")
        : "Release to all";
  }

  /** What follows, why, and the button that does it. */
  ObjectNode plain(CardAction action) {
    ObjectNode form = form();
    ArrayNode body = consequence(form, action);
    String press = action.confirm().map(Confirm::yes).orElse(action.label().replace("…", ""));
    // What needs no token of a vote keeps no words, either.
    if (!Look.button(action.id())) {
      body.add(reason(action));
      later(body, action);
    }
    // Nobody is to be chosen in it.
    String verb = action.id().equals(Field.RELEASE) ? Field.RELEASE_ALL : action.id();
    form.putArray("actions").add(Buttons.acting(verb, press, action.style(), action.token()));
    return form;
  }

  private void later(ArrayNode body, CardAction action) {
    action
        .stake()
        .flatMap(Stake::later)
        .ifPresent(
            words -> {
              body.add(ids.box(Field.later(action.id()), words));
              body.add(Json.ownText(Stake.IF_LATER).put("size", "Small").put("isSubtle", true));
            });
  }

  private ObjectNode reason(CardAction action) {
    boolean needed = needed(action);
    ObjectNode reason =
        ids.words(Field.reason(action.id()), KEPT + (needed ? ". Needed" : ". May be left empty"));
    return needed ? Inputs.needed(reason, "A reason is needed.") : reason;
  }

  /** What was found, as far as it fits here; empty where nothing does. */
  Optional<ObjectNode> evidence(CardAction action) {
    if (card.evidence().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode form = form();
    ArrayNode body = form.putArray("body");
    for (Group group : card.evidence()) {
      if (!group.title().isEmpty()) {
        body.add(Json.ownText(group.title()).put("weight", "Bolder").put("spacing", "Medium"));
      }
      group.rows().forEach(row -> body.add(RichText.row(row)));
      group.lines().forEach(runs -> body.add(RichText.line(runs, "Small")));
    }
    form.putArray("actions")
        .add(Buttons.dialog("Open full evidence", Field.EVIDENCE, action.token()));
    return Optional.of(form);
  }

  /** Which of the rare actions; a dialog asks for the rest. */
  ObjectNode rare(List<Rare> all) {
    ObjectNode form = form();
    ObjectNode which = Inputs.needed(ids.choice(Field.RARE, "Action"), "Choose one.");
    ArrayNode options = which.putArray("choices");
    for (Rare one : all) {
      options.add(Inputs.option(one.label().replace("…", ""), one.id()));
    }
    form.putArray("body")
        .add(Json.ownText("Choose what else to do. It is written to the audit log."))
        .add(which);
    form.putArray("actions").add(Buttons.dialog("Next", Field.OTHER, all.getFirst().token()));
    return form;
  }

  private static boolean needed(CardAction action) {
    return action.stake().filter(Stake::reasonNeeded).isPresent();
  }

  private static ArrayNode consequence(ObjectNode form, CardAction action) {
    ArrayNode body = form.putArray("body");
    action
        .stake()
        .map(Stake::consequence)
        .or(() -> action.confirm().map(Confirm::text))
        .ifPresent(words -> body.add(Json.ownText(Words.cut(words, 300))));
    return body;
  }

  private ObjectNode recipients(List<Foreign> all) {
    ObjectNode choice = ids.choice(Field.RELEASE_TO, "Release to").put("isMultiSelect", true);
    String everybody =
        IntStream.rangeClosed(1, all.size())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    choice.put("value", everybody);
    ArrayNode options = choice.putArray("choices");
    for (int i = 0; i < all.size(); i++) {
      options.add(Inputs.option(Inputs.recipient(i + 1, all.get(i)), Integer.toString(i + 1)));
    }
    return Inputs.needed(choice, "Choose at least one recipient.");
  }

  private static ObjectNode form() {
    return Json.object("AdaptiveCard").put("version", "1.5");
  }
}
