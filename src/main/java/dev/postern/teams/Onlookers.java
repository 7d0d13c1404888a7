package dev.postern.teams;

import dev.postern.approval.Ballot;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Stage;
import dev.postern.approval.Vote;
import dev.postern.card.Bystanders;
import dev.postern.card.CardView;
import dev.postern.teams.card.Viewers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What each person sees of a card: who may vote now its buttons, everybody else how it stands. A
 * view gives no right: whoever presses is judged by the desk.
 */
final class Onlookers {
  private final CaseBook cases;
  private final Directory directory;
  private final BiFunction<CaseId, Person, Optional<Ballot>> ballots;
  private final Members members;
  private final Bystanders bystanders;

  /**
   * Takes its parts.
   *
   * @param ballots what a person needs to vote on a case now; empty for who may not
   */
  Onlookers(
      CaseBook cases,
      Directory directory,
      BiFunction<CaseId, Person, Optional<Ballot>> ballots,
      Members members) {
    this.cases = cases;
    this.directory = directory;
    this.ballots = ballots;
    this.members = members;
    this.bystanders = new Bystanders(directory);
  }

  /**
   * Those for whom Teams fetches their own view in a place of many, unasked: whoever is asked now,
   * before all those who have not voted yet. Nobody where nothing can be decided.
   *
   * @param place where the card stands; what stands before one person is seen by that one
   */
  Viewers of(CardView card, String place) {
    if (card.actions().isEmpty() || card.actions().getFirst().token().isEmpty()) {
      return Viewers.all();
    }
    String token = card.actions().getFirst().token();
    if (!ofMany(place)) {
      return new Viewers(members.nameOf(place).stream().toList(), token);
    }
    List<String> ids =
        file(card).stream()
            .flatMap(file -> asked(file).stream())
            .flatMap(id -> accountOf(id).stream())
            .flatMap(user -> members.nameOf(user).stream())
            .toList();
    return ids.isEmpty() ? Viewers.all() : new Viewers(ids, token);
  }

  /**
   * The card as one person sees it. Asks nobody who that is: it is looked up by the account, since
   * nothing hangs on it.
   *
   * @param place where the card stands
   * @param account the object id of who looks; empty where Teams does not say
   */
  CardView seen(CardView card, String place, String account) {
    Optional<CaseFile> file = ofMany(place) && card.decides() ? file(card) : Optional.empty();
    Optional<Stage> stage = file.flatMap(CaseFile::openStage);
    if (stage.isEmpty()) {
      return card;
    }
    boolean may =
        stage.get().approvers().stream()
            .filter(id -> accountOf(id).filter(account::equals).isPresent())
            .flatMap(id -> directory.person(Identity.ofPostern(id)).stream())
            .flatMap(person -> ballots.apply(file.get().id(), person).stream())
            .anyMatch(ballot -> ballot.stage().id() == stage.get().id());
    return may ? card : bystanders.of(card, stage.get());
  }

  /** A channel or a chat of several. */
  private static boolean ofMany(String place) {
    return place.startsWith("19:");
  }

  private Optional<CaseFile> file(CardView card) {
    return CaseId.parse(card.caseId()).flatMap(cases::find);
  }

  private static List<String> asked(CaseFile file) {
    Set<String> voted = file.votes().stream().map(Vote::personId).collect(Collectors.toSet());
    return file.openStage().map(Stage::approvers).orElse(List.of()).stream()
        .sorted(Comparator.comparing(voted::contains))
        .toList();
  }

  private Optional<String> accountOf(String personId) {
    return directory.person(Identity.ofPostern(personId)).flatMap(Person::teamsUser);
  }
}
