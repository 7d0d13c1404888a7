package dev.postern.teams;

import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Stage;
import dev.postern.card.CardView;
import dev.postern.teams.card.Viewers;
import java.util.List;
import java.util.Optional;

/** Those for whom Teams fetches the newest card when they look at it: whoever is asked now. */
final class Onlookers {
  private final CaseBook cases;
  private final Directory directory;
  private final Members members;

  Onlookers(CaseBook cases, Directory directory, Members members) {
    this.cases = cases;
    this.directory = directory;
    this.members = members;
  }

  /**
   * Those of a card; nobody where nothing can be decided.
   *
   * @param place where it stands; what stands before one person is seen by that one
   */
  Viewers of(CardView card, String place) {
    if (card.actions().isEmpty() || card.actions().getFirst().token().isEmpty()) {
      return Viewers.all();
    }
    String token = card.actions().getFirst().token();
    if (!place.startsWith("19:")) {
      return new Viewers(members.nameOf(place).stream().toList(), token);
    }
    List<String> asked =
        CaseId.parse(card.caseId())
            .flatMap(cases::find)
            .flatMap(CaseFile::openStage)
            .map(Stage::approvers)
            .orElse(List.of());
    List<String> ids =
        asked.stream()
            .map(id -> directory.person(Identity.ofPostern(id)))
            .flatMap(Optional::stream)
            .flatMap(person -> person.teamsUser().stream())
            .flatMap(user -> members.nameOf(user).stream())
            .toList();
    return ids.isEmpty() ? Viewers.all() : new Viewers(ids, token);
  }
}
