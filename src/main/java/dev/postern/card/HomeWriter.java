package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.TXT;

import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Missed;
import dev.postern.approval.CaseBook.Share;
import dev.postern.approval.Choice;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.approval.Reading;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import dev.postern.policy.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One person's page: what waits for them, what they decided lately, which grants they may end, and
 * for admins how it is.
 */
public final class HomeWriter {
  private static final Duration LATELY = Duration.ofDays(7);
  private static final int MOST_SHARES = 500;
  private static final int MOST_NAMED = 5;

  private final CaseBook book;
  private final CaseLists lists;
  private final GrantLists grants;

  /** Takes its parts. */
  public HomeWriter(CaseBook book, Reading reading, Petitions petitions, CardWriter cards) {
    this.book = book;
    this.lists = new CaseLists(book, reading, cards);
    this.grants = new GrantLists(petitions);
  }

  /**
   * The page.
   *
   * @param freeze whether releasing by rule is frozen
   * @param health what each part of Postern says; shown to admins
   */
  public CardView of(
      Person person, Optional<Freeze> freeze, Map<String, String> health, Instant now) {
    CaseLists.Page waiting = lists.waiting(person);
    int count = waiting.hits().size();
    String title = "Waiting for you: " + count + (waiting.more().isPresent() ? " and more" : "");
    List<Group> groups = new ArrayList<>(waiting.withMore());
    Instant since = now.minus(LATELY);
    List<Missed> missed = book.missed(person.id(), since, now, MOST_SHARES);
    groups.add(lately(book.shares(person.id(), since, MOST_SHARES), missed.size()));
    if (!missed.isEmpty()) {
      groups.add(missed(missed));
    }
    grants.home(person).ifPresent(groups::add);
    if (Reading.admin(person)) {
      groups.add(health(health));
    }
    return new CardView(
        Kind.HOME,
        "home",
        "",
        1,
        title,
        Optional.empty(),
        freeze.map(it -> List.of(FreezeWriter.sentence(it))).orElse(List.of()),
        groups,
        List.of(),
        List.of(),
        List.of(),
        "Times are in your time zone. Text in code style is not Postern’s own.",
        Wording.count(count, "approval") + (count == 1 ? " waits" : " wait") + " for you.");
  }

  private static Group lately(List<Share> shares, int missed) {
    List<Row> rows = new ArrayList<>();
    Row ended = new Row("Missed", Line.own(orMore(missed) + " ended without a decision"));
    if (shares.isEmpty()) {
      rows.add(new Row("Voted", Line.own("on nothing")));
      rows.add(ended);
      return new Group("stats", "Your last 7 days", rows);
    }
    long discards = shares.stream().filter(s -> s.choice() instanceof Choice.Discard).count();
    String count = orMore(shares.size());
    rows.add(
        new Row(
            "Voted",
            Line.own(
                "on %s, of these %d to release and %d to discard"
                    .formatted(count, shares.size() - discards, discards))));
    rows.add(new Row("Median time", Line.own(Wording.length(median(shares)))));
    rows.add(ended);
    List<CardAction> openers = new ArrayList<>();
    for (Share share : shares.subList(0, Math.min(MOST_NAMED, shares.size()))) {
      String choice = share.choice() instanceof Choice.Discard ? "to discard, " : "to release, ";
      rows.add(new Row(share.caseId().text(), Line.of().say(choice).dateTime(share.at()).runs()));
      openers.add(
          CardAction.look(
              "pn.open" + openers.size(),
              "Open " + share.caseId(),
              new Look.Case(share.caseId()).token()));
    }
    return new Group("stats", "Your last 7 days", rows, List.of(), openers);
  }

  private static String orMore(int count) {
    return count + (count == MOST_SHARES ? " or more" : "");
  }

  /** What closed without this person, and how it stands since. */
  private static Group missed(List<Missed> missed) {
    List<Row> rows = new ArrayList<>();
    List<CardAction> openers = new ArrayList<>();
    for (Missed one : missed.subList(0, Math.min(MOST_NAMED, missed.size()))) {
      Line line = Line.of().say("its time ended ").dateTime(one.at()).say(", without your vote");
      rows.add(new Row(one.caseId().text(), line.runs()));
      openers.add(
          CardAction.look(
              "pn.open" + openers.size(),
              "Open " + one.caseId(),
              new Look.Case(one.caseId()).token()));
    }
    return new Group("missed", "Missed", rows, List.of(), openers);
  }

  private static Duration median(List<Share> shares) {
    List<Duration> times =
        shares.stream().map(s -> Duration.between(s.asked(), s.at())).sorted().toList();
    return times.get(times.size() / 2);
  }

  /** A part may repeat what another system said, so that all but "ok" is a quotation. */
  private static Group health(Map<String, String> parts) {
    List<Row> rows = new ArrayList<>();
    parts.forEach(
        (name, state) ->
            rows.add(new Row(name, state.equals("ok") ? Line.own("ok") : Line.quoted(state, TXT))));
    return new Group("health", "How Postern is", rows);
  }
}
