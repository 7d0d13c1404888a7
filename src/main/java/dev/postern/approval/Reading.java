package dev.postern.approval;

import dev.postern.approval.CaseBook.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Cases as one person may read them: administrators all, others those on which they may vote, also
 * by breaking the glass, or did, and, where they are in any group, those that ask nobody: what the
 * policy settled. A hidden case looks like one that does not exist.
 */
public final class Reading {
  /** Members see every case and may download messages as received. */
  public static final String ADMINS = "admins";

  private static final int BATCH = 200;
  private static final int MOST_BATCHES = 10;

  private final CaseBook book;
  private final BiFunction<CaseId, Person, Optional<Ballot>> ballots;

  /**
   * Takes its parts.
   *
   * @param book all cases
   * @param ballots what a person needs to vote on a case now: the desk
   */
  public Reading(CaseBook book, BiFunction<CaseId, Person, Optional<Ballot>> ballots) {
    this.book = book;
    this.ballots = ballots;
  }

  /** Whether this person sees every case. */
  public static boolean admin(Person person) {
    return person.groups().contains(ADMINS);
  }

  /** The case that somebody typed; empty where there is none, or none that they may read. */
  public Optional<CaseFile> find(String typedId, Person person) {
    return CaseId.parse(typedId).flatMap(book::find).filter(c -> mayRead(person, c));
  }

  /** When retention removed a case. Who knows its id was shown it: there is no more to hide. */
  public Optional<Instant> removed(String typedId) {
    return CaseId.parse(typedId).flatMap(book::removed);
  }

  /** At most {@code limit} cases older than {@code after}, newest first. */
  public List<CaseFile> page(
      Person person, Set<CaseState> states, String text, Optional<CaseId> after, int limit) {
    return page(person, new Query(states, text, after, limit));
  }

  /** Cases of a query, newest first. */
  public List<CaseFile> page(Person person, Query query) {
    return page(
        person,
        query.after(),
        query.limit(),
        (from, most) ->
            book.list(new Query(query.states(), query.text(), from, most, query.joined())));
  }

  /**
   * At most {@code limit} cases that mention this, older than {@code after}, newest first. Of more
   * than two thousand, the newest are looked through.
   */
  public List<CaseFile> about(Person person, Mention what, Optional<CaseId> after, int limit) {
    return page(person, after, limit, (from, most) -> book.mentioning(what, from, most));
  }

  /** Cases older than one, newest first, whoever may read them. */
  private interface Source {
    List<CaseFile> older(Optional<CaseId> than, int limit);
  }

  private List<CaseFile> page(Person person, Optional<CaseId> after, int limit, Source source) {
    if (admin(person)) {
      return source.older(after, limit);
    }
    List<CaseFile> found = new ArrayList<>();
    Optional<CaseId> from = after;
    for (int batch = 0; batch < MOST_BATCHES && found.size() < limit; batch++) {
      List<CaseFile> some = source.older(from, BATCH);
      some.stream().filter(c -> mayRead(person, c)).forEach(found::add);
      if (some.size() < BATCH) {
        break;
      }
      from = Optional.of(some.getLast().id());
    }
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  /** Whether this person may read that case. */
  public boolean mayRead(Person person, CaseFile file) {
    return admin(person)
        || (file.stage().isEmpty() && mayReadUnasked(person, file))
        || file.stage().filter(s -> s.approvers().contains(person.id())).isPresent()
        || file.votes().stream().anyMatch(v -> v.personId().equals(person.id()))
        || (file.state().held() && ballots.apply(file.id(), person).isPresent());
  }

  /** What a rule decided; and what another card asks about only for those who may read that one. */
  private boolean mayReadUnasked(Person person, CaseFile file) {
    return book.leaderOf(file.id())
        .map(leader -> book.find(leader).filter(it -> mayRead(person, it)).isPresent())
        .orElse(!person.groups().isEmpty());
  }
}
