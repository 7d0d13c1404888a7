package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ID;

import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.policy.Agreement;
import dev.postern.policy.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The private answer to whoever asks which rules are proposed. */
final class SuggestionWriter {
  private static final int MOST = 5;

  private SuggestionWriter() {}

  /**
   * What is proposed.
   *
   * @param all looks for it; not asked for those who may not know
   */
  static CardView of(Person asker, Supplier<List<Suggestion>> all) {
    if (!Reading.admin(asker)) {
      return view("Not for you", "Only members of the group admins may see that.", List.of());
    }
    List<Suggestion> some = all.get();
    if (some.isEmpty()) {
      return view(
          "Nothing to propose",
          "Nothing was decided so much alike in the last 90 days that a rule could do it.",
          List.of());
    }
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST, some.size()); i++) {
      groups.add(group(i + 1, some.get(i)));
    }
    String sentence =
        "A rule could do what people always decided alike. Nothing changes by itself: \"postern"
            + " policy suggest --adopt NUMBER\" puts one into the policy file, in shadow.";
    return view("Rules that people have earned", sentence, groups);
  }

  /** Domains and addresses come from mail. */
  private static Group group(int number, Suggestion it) {
    Agreement agreement = it.past().agreement();
    List<List<Run>> lines = new ArrayList<>();
    lines.add(Line.of().say("Rule ").quote(it.name(), ID).say(", above ").name(it.above()).runs());
    lines.add(
        Line.own(
            "People decided so %d of %d times, at least %d %%; it saves %d votes."
                .formatted(
                    agreement.with(),
                    agreement.decided(),
                    agreement.percent(),
                    it.past().saved().votes())));
    if (!it.past().exceptions().isEmpty()) {
      lines.add(Line.own("Decided the other way: " + String.join(", ", it.past().exceptions())));
    }
    return new Group("rule" + number, "Number " + number, List.of(), lines);
  }

  private static CardView view(String title, String sentence, List<Group> groups) {
    return new CardView(
        Kind.NOTICE,
        "suggestions",
        "",
        1,
        title,
        Optional.empty(),
        List.of(Line.own(sentence)),
        groups,
        List.of(),
        List.of(),
        List.of(),
        Notice.PRIVATE,
        title + ". " + sentence);
  }
}
