package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.NAME;

import dev.postern.approval.Act;
import dev.postern.approval.Ballot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The form by which somebody leaves a decision to others: its options, and what they stand for. */
public final class HandOver {
  /** Said to whoever can do nothing of that kind. */
  public static final Notice NOBODY =
      new Notice(
          "Nobody to hand it to",
          "You alone are asked, and policy names nobody who could decide in your place. Your click"
              + " changed nothing.");

  /** What follows, above the options. */
  public static final String CONSEQUENCE =
      "The person you choose decides in your place, on the same card, and is told in private. The"
          + " deadline does not move. Who steps aside cannot come back.";

  /** The name of the field for a few words, which may stay empty. */
  public static final String NOTE = "Note for them";

  /** What becomes of those words. */
  public static final String NOTE_KEPT = "Kept with the case and shown to the other approvers.";

  // A select of Slack holds 100 options, the longest list of Teams is as long as a card; two are
  // no persons.
  private static final int MOST_OPTIONS = 100;
  private static final String PERSON = "to ";
  private static final String ASIDE = "aside";
  private static final String WITHDRAW = "withdraw";

  private HandOver() {}

  /**
   * One thing to choose.
   *
   * @param value what the form sends back
   * @param words own words; before a name they end in a space
   * @param name whom to, as the directory calls them
   */
  public record Option(String value, String words, Optional<Foreign> name) {}

  /** What this person may choose; empty where it is nothing. */
  public static List<Option> options(Ballot ballot) {
    List<Option> options = new ArrayList<>();
    ballot.substitutes().stream()
        .limit(MOST_OPTIONS - 2)
        .map(p -> new Option(PERSON + p.id(), "To ", Optional.of(Cleaner.clean(p.name(), NAME))))
        .forEach(options::add);
    if (ballot.choices().contains(new Act.StepAside().word())) {
      options.add(new Option(ASIDE, "To the others: step aside", Optional.empty()));
    }
    if (ballot.choices().contains(new Act.Withdraw().word())) {
      options.add(new Option(WITHDRAW, "Only take my vote back", Optional.empty()));
    }
    return options;
  }

  /** What a value stands for; empty where it is none of an option. */
  public static Optional<Act> act(String value) {
    return switch (value) {
      case ASIDE -> Optional.of(new Act.StepAside());
      case WITHDRAW -> Optional.of(new Act.Withdraw());
      default ->
          value.startsWith(PERSON)
              ? Optional.of(new Act.HandOver(value.substring(PERSON.length())))
              : Optional.empty();
    };
  }
}
