package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Mention;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Lists of cases, page by page, as one person may read them. */
final class CaseLists {
  static final int PAGE = 5;
  private static final int HOME = 10;

  private final CaseBook book;
  private final Reading reading;
  private final CardWriter cards;

  CaseLists(CaseBook book, Reading reading, CardWriter cards) {
    this.book = book;
    this.reading = reading;
    this.cards = cards;
  }

  /**
   * One page.
   *
   * @param hits a block for each case, with a button that shows it
   * @param more what shows the next page; empty on the last
   */
  record Page(List<Group> hits, Optional<CardAction> more) {

    /** The button for the next page stands below the last case. */
    List<Group> withMore() {
      if (more.isEmpty()) {
        return hits;
      }
      List<Group> groups = new ArrayList<>(hits);
      Group last = groups.removeLast();
      List<CardAction> buttons = new ArrayList<>(last.actions());
      buttons.add(more.get());
      groups.add(new Group(last.id(), last.title(), last.rows(), last.lines(), buttons));
      return groups;
    }
  }

  Page about(Mention what, Optional<CaseId> after, Person asker) {
    List<CaseFile> found = reading.about(asker, what, after, PAGE + 1);
    return page(found, "Older", last -> new Look.About(what, last.id()), this::standing);
  }

  Page open(Optional<CaseId> after, Person asker) {
    List<CaseFile> found = reading.page(asker, Set.of(CaseState.ASKING), "", after, PAGE + 1);
    return page(found, "Older", last -> new Look.Open(last.id()), this::standing);
  }

  /** Whom a case asks may read it. */
  Page mine(Optional<Deadline> after, Person asker) {
    List<CaseFile> found = book.awaiting(asker.id(), after, PAGE + 1);
    return page(found, "Later", CaseLists::later, this::deadline);
  }

  /** The same for the Home tab, which has more room. */
  Page waiting(Person asker) {
    List<CaseFile> found = book.awaiting(asker.id(), Optional.empty(), HOME + 1);
    return page(found, HOME, "Later", CaseLists::later, this::deadline);
  }

  private static Look later(CaseFile last) {
    return new Look.Mine(Deadline.of(last.openStage().orElseThrow()));
  }

  private static Page page(
      List<CaseFile> found,
      String word,
      Function<CaseFile, Look> next,
      Function<CaseFile, Row> first) {
    return page(found, PAGE, word, next, first);
  }

  private static Page page(
      List<CaseFile> found,
      int most,
      String word,
      Function<CaseFile, Look> next,
      Function<CaseFile, Row> first) {
    List<CaseFile> shown = found.subList(0, Math.min(most, found.size()));
    List<Group> hits = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      hits.add(hit("hit" + i, shown.get(i), first));
    }
    Optional<CardAction> more =
        found.size() > most
            ? Optional.of(CardAction.look("pn.more", word, next.apply(shown.getLast()).token()))
            : Optional.empty();
    return new Page(hits, more);
  }

  private static Group hit(String id, CaseFile file, Function<CaseFile, Row> first) {
    return new Group(
        id,
        "",
        List.of(
            first.apply(file),
            new Row("From", Line.quoted(file.message().from(), ADDRESS)),
            new Row("Subject", Line.quoted(file.message().subject(), SUBJECT))),
        List.of(),
        List.of(opener(file.id())));
  }

  private static CardAction opener(CaseId id) {
    return CardAction.look("pn.open", "Open " + id, new Look.Case(id).token());
  }

  private Row standing(CaseFile file) {
    return new Row(
        file.id().text(),
        Line.of().say(lower(status(file)) + ", ").dateTime(file.receivedAt()).runs());
  }

  private Row deadline(CaseFile file) {
    Line until = Line.of().say("decide by ");
    file.openStage().map(Stage::closes).ifPresent(until::dateTime);
    book.backstory(file.id())
        .together()
        .filter(all -> all.leader().equals(file.id()) && all.campaign().asks() && all.size() > 1)
        .ifPresent(all -> until.say(", on " + all.size() + " messages of one kind"));
    return new Row(Wording.risk(Risk.of(file).level()), until.runs());
  }

  /** Where a case stands, in a few words. */
  String status(CaseFile file) {
    Optional<Stage> open = file.openStage();
    return open.isPresent()
        ? "Held, "
            + Ballots.ahead(file.votes())
            + " of "
            + Wording.count(open.get().quorum(), "vote")
            + " "
            + Ballots.leading(file)
        : cards.story(file).title();
  }

  private static String lower(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }
}
