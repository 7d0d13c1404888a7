package dev.postern.web;

import dev.postern.approval.Ballot;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Query;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Cases as one person may read them: administrators all, others those on which they may vote, also
 * by breaking the glass, or did, and those that ask nobody in particular. A hidden case looks like
 * one that does not exist.
 */
final class Reading {
  /** Members see every case and may download messages as received. */
  static final String ADMINS = "admins";

  private static final int BATCH = 200;
  private static final int MOST_BATCHES = 10;

  private final CaseBook book;
  private final BiFunction<CaseId, Person, Optional<Ballot>> ballots;

  Reading(WebParts parts) {
    this.book = parts.cases();
    this.ballots = parts.ballots();
  }

  static boolean admin(Person person) {
    return person.groups().contains(ADMINS);
  }

  Optional<CaseFile> find(String typedId, Person person) {
    return CaseId.parse(typedId).flatMap(book::find).filter(c -> mayRead(person, c));
  }

  /** When retention removed a case. Who knows its id was shown it: there is no more to hide. */
  Optional<Instant> removed(String typedId) {
    return CaseId.parse(typedId).flatMap(book::removed);
  }

  /** At most {@code limit} cases older than {@code after}, newest first. */
  List<CaseFile> page(
      Person person, Set<CaseState> states, String text, Optional<CaseId> after, int limit) {
    if (admin(person)) {
      return book.list(new Query(states, text, after, limit));
    }
    List<CaseFile> found = new ArrayList<>();
    Optional<CaseId> from = after;
    for (int batch = 0; batch < MOST_BATCHES && found.size() < limit; batch++) {
      List<CaseFile> some = book.list(new Query(states, text, from, BATCH));
      some.stream().filter(c -> mayRead(person, c)).forEach(found::add);
      if (some.size() < BATCH) {
        break;
      }
      from = Optional.of(some.getLast().id());
    }
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  private boolean mayRead(Person person, CaseFile file) {
    return admin(person)
        || file.stage().isEmpty()
        || file.stage().get().approvers().contains(person.id())
        || file.votes().stream().anyMatch(v -> v.personId().equals(person.id()))
        || (file.state().held() && ballots.apply(file.id(), person).isPresent());
  }
}
