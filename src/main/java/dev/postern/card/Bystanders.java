package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.NAME;

import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import java.util.List;
import java.util.Optional;

/** The card of a case for those who see it and are not asked: how it stands and who is asked. */
public final class Bystanders {
  private static final int MOST_NAMED = 10;

  private final Directory directory;

  /** Takes who people are. */
  public Bystanders(Directory directory) {
    this.directory = directory;
  }

  /**
   * The card without the buttons that decide.
   *
   * @param stage whose approvers are asked
   */
  public CardView of(CardView card, Stage stage) {
    List<List<Run>> lines =
        List.of(Line.own("You are not asked, so that this card has no buttons for you."));
    return card.withoutButtons(
        new Group("asked", "", List.of(new Row("Asked", names(stage.approvers()))), lines));
  }

  private List<Run> names(List<String> approvers) {
    Line line = Line.of();
    int shown = Math.min(MOST_NAMED, approvers.size());
    for (int i = 0; i < shown; i++) {
      boolean last = i == approvers.size() - 1;
      line.say(i == 0 ? "" : last ? " and " : ", ").add(person(approvers.get(i)));
    }
    int others = approvers.size() - shown;
    return line.say(others == 0 ? "" : " and " + others + " more").runs();
  }

  private Run.Person person(String id) {
    Optional<Person> person = directory.person(Identity.ofPostern(id));
    return new Run.Person(
        id,
        Cleaner.clean(person.map(Person::name).orElse(id), NAME),
        person.flatMap(Person::slackUser).orElse(""));
  }
}
