package dev.postern.slack;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.NAME;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.Ballot;
import dev.postern.approval.Person;
import dev.postern.card.Cleaner;
import dev.postern.card.Foreign;
import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The forms behind the menu of rare actions. */
final class RareModals {
  static final String HAND_OVER = "pn.handover";
  static final String ASK = "pn.ask";
  static final String WHOM_BLOCK = "pn.m.whom";
  static final String WHOM = "pn.whom";

  // A select holds 100 options (docs.slack.dev, "Select menu"); two are no persons.
  private static final int MOST_OPTIONS = 100;
  private static final int MOST_PERSONS = MOST_OPTIONS - 2;
  private static final String PERSON = "to ";
  private static final String ASIDE = "aside";
  private static final String WITHDRAW = "withdraw";

  private RareModals() {}

  /** Whom to leave the decision to; empty where this person can do nothing of that kind. */
  static Optional<ObjectNode> handOver(Ballot ballot, Memo memo) {
    ArrayNode options = Kit.array();
    for (Person person :
        ballot.substitutes().subList(0, Math.min(MOST_PERSONS, ballot.substitutes().size()))) {
      String name = shown(Cleaner.clean(person.name(), NAME));
      options.add(Kit.option("To " + name, PERSON + person.id()));
    }
    if (ballot.choices().contains(new Act.StepAside().word())) {
      options.add(Kit.option("To the others: step aside", ASIDE));
    }
    if (ballot.choices().contains(new Act.Withdraw().word())) {
      options.add(Kit.option("Only take my vote back", WITHDRAW));
    }
    if (options.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode view = Modals.form(HAND_OVER, "Hand over", "Hand over", "Cancel", memo);
    view.putArray("blocks")
        .add(
            new Section()
                .plain(
                    "The person you choose decides in your place, on the same card, and is told in"
                        + " private. The deadline does not move. Who steps aside cannot come back.")
                .block("pn.m.x"))
        .add(Kit.input(WHOM_BLOCK, "To whom", Kit.select(WHOM, "Choose a person", options)))
        .add(note());
    return Optional.of(view);
  }

  private static ObjectNode note() {
    ObjectNode text =
        Kit.object("plain_text_input")
            .put("action_id", Modals.REASON)
            .put("multiline", true)
            .put("max_length", Modals.LONGEST_REASON);
    ObjectNode block = Kit.input(Modals.REASON_BLOCK, "Note for them", text);
    block.set("hint", Kit.plain("Kept with the case and shown to the other approvers."));
    return block.put("optional", true);
  }

  /** What was chosen in the form; empty where it is none of its options. */
  static Optional<Act> handedOver(String value) {
    return switch (value) {
      case ASIDE -> Optional.of(new Act.StepAside());
      case WITHDRAW -> Optional.of(new Act.Withdraw());
      default ->
          value.startsWith(PERSON)
              ? Optional.of(new Act.HandOver(value.substring(PERSON.length())))
              : Optional.empty();
    };
  }

  /**
   * Which recipient is asked whether the message is expected; empty where none can be.
   *
   * @param known whether Postern knows where to ask whoever has that address
   */
  static Optional<ObjectNode> ask(
      List<EmailAddress> recipients, Predicate<EmailAddress> known, Memo memo) {
    ArrayNode options = Kit.array();
    for (int i = 0; i < recipients.size() && options.size() < MOST_OPTIONS; i++) {
      if (known.test(recipients.get(i))) {
        Foreign address = Cleaner.clean(recipients.get(i).toString(), ADDRESS);
        options.add(Kit.option(shown(address), "r" + (i + 1)));
      }
    }
    if (options.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode view = Modals.form(ASK, "Ask a recipient", "Ask", "Cancel", memo);
    view.putArray("blocks")
        .add(
            new Section()
                .plain(
                    "They are asked “Do you expect this message?” with the sender, subject and"
                        + " time. They cannot release it and see no links or files.")
                .block("pn.m.x"))
        .add(Kit.input(WHOM_BLOCK, "Whom", Kit.select(WHOM, "Choose a recipient", options)));
    return Optional.of(view);
  }

  private static String shown(Foreign text) {
    return text.text().isEmpty() ? "(empty)" : text.text();
  }
}
