package dev.postern.card;

import dev.postern.approval.OwnChat;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What cards say of those who were to be asked in a chat of their own, and cannot be. */
final class OwnChats {
  private static final int MOST_SHOWN = 5;

  private OwnChats() {}

  /** Who cannot, and why; empty where everybody can. */
  static Optional<Group> group(List<OwnChat> all, Stage stage, Ballots ballots) {
    List<OwnChat> missing =
        all.stream()
            .filter(chat -> chat.stageId() == stage.id() && chat.missing().isPresent())
            .toList();
    List<Row> rows = missing.stream().limit(MOST_SHOWN).map(chat -> row(chat, ballots)).toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int more = missing.size() - rows.size();
    List<List<Run>> lines =
        more == 0 ? List.of() : List.of(Line.own(more + " more could not be asked."));
    return Optional.of(new Group("unasked", "", rows, lines));
  }

  private static Row row(OwnChat chat, Ballots ballots) {
    Line line = Line.of().add(ballots.person(chat.person().id(), chat.person().name()));
    line.say(
        " in a chat of their own"
            + chat.place().map(place -> " in " + platform(place.surface())).orElse("")
            + ": "
            + Witnesses.words(chat.missing().orElseThrow()));
    return new Row("Could not ask", line.runs());
  }

  private static String platform(String surface) {
    return surface.substring(0, 1).toUpperCase(Locale.ROOT) + surface.substring(1);
  }
}
