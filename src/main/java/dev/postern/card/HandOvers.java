package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.REASON;

import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.HandOver;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What those are told who take a place in a stage, and what the others see of it. */
final class HandOvers {
  private static final int MOST_SHOWN = 5;

  private final CaseFile file;
  private final Ballots ballots;

  HandOvers(CaseFile file, Ballots ballots) {
    this.file = file;
    this.ballots = ballots;
  }

  /** Who gave a place to whom, with the words that went along; empty where nobody did. */
  Optional<Group> group(List<HandOver> all) {
    List<Row> rows = new ArrayList<>();
    for (HandOver over : all.subList(Math.max(0, all.size() - MOST_SHOWN), all.size())) {
      Line line = Line.of().add(person(over.from())).say(" to ").add(person(over.to()));
      line.say(", ").dateTime(over.at());
      over.untold().ifPresent(why -> line.say(", who could not be told: " + Witnesses.words(why)));
      rows.add(new Row("Handed over", line.runs()));
      if (!over.note().isBlank()) {
        rows.add(new Row("Note with it", Line.quoted(over.note(), REASON)));
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Group("handover", "", rows));
  }

  /** Whether whoever took a place can still decide. */
  static boolean open(HandOver over, CaseFile file) {
    return file.openStage()
            .filter(stage -> stage.id() == over.stageId())
            .filter(stage -> stage.approvers().contains(over.to().id()))
            .isPresent()
        && file.votes().stream().noneMatch(vote -> vote.personId().equals(over.to().id()));
  }

  /**
   * The notice for whoever took a place: no word of the message itself.
   *
   * @param card the way to the card that asks; empty where the platform gave none
   */
  CardView notice(HandOver over, CardRow row, Optional<URI> card) {
    boolean open = open(over, file);
    List<Row> rows = new ArrayList<>();
    if (!over.note().isBlank()) {
      rows.add(new Row("Note for you", Line.quoted(over.note(), REASON)));
    }
    rows.add(new Row("Case", Line.own(file.id().text())));
    file.openStage()
        .filter(_ -> open)
        .map(Stage::closes)
        .ifPresent(at -> rows.add(new Row("Decide by", Line.of().dateTime(at).runs())));
    int revision = Math.max(1, row.desired());
    String title = open ? "Handed over to you" : "Was handed over to you";
    return new CardView(
        CardView.Kind.MESSAGE,
        "handover",
        file.id().text(),
        revision,
        title,
        Optional.empty(),
        List.of(lead(over, open)),
        List.of(new Group("facts", "", rows)),
        card.map(url -> List.of(CardAction.link("Open the card", url))).orElse(List.of()),
        List.of(),
        List.of(),
        "Case " + file.id() + ", card " + revision + ". Text in code style is not Postern’s own.",
        title + ". Case " + file.id() + ".");
  }

  private List<Run> lead(HandOver over, boolean open) {
    Line line = Line.of().add(person(over.from()));
    line.say(" gave you their place in the decision on a held message. ");
    return line.say(
            open
                ? "Decide on its card: the others who are asked see it too."
                : "There is nothing left to decide for you.")
        .runs();
  }

  private Run.Person person(HandOver.Party party) {
    return ballots.person(party.id(), party.name());
  }
}
