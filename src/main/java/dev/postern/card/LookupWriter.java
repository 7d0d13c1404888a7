package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ID;
import static dev.postern.card.Cleaner.Kind.NAME;

import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Private answers to {@code /postern <case>} and {@code /postern help}. Nothing here can vote. */
public final class LookupWriter {
  private static final int MOST_LINES = 10;
  private static final String PRIVATE = "Only you see this.";

  private final CaseBook book;
  private final Directory directory;
  private final CardWriter cards;

  /**
   * Takes its parts.
   *
   * @param book the cases
   * @param directory who people are
   */
  public LookupWriter(CaseBook book, Directory directory) {
    this.book = book;
    this.directory = directory;
    this.cards = new CardWriter(directory);
  }

  /**
   * The case that somebody typed. A case that does not exist and one that the asker may not read
   * give the same answer.
   *
   * @param asker empty for an account that belongs to nobody of the settings, who reads nothing
   */
  public CardView find(String typed, Optional<Person> asker) {
    return asker
        .flatMap(person -> CaseId.parse(typed).flatMap(book::find).map(f -> of(f, asker)))
        .orElseGet(() -> notFound(typed));
  }

  /** One case for one reader. */
  public CardView of(CaseFile file, Optional<Person> asker) {
    String may = asker.filter(p -> mayVote(file, p)).isPresent() ? " You may vote." : "";
    String status = status(file);
    return new CardView(
        Kind.LOOKUP,
        "lookup",
        file.id().text(),
        1,
        "Case " + file.id(),
        Optional.empty(),
        List.of(Line.own(status + "." + may)),
        List.of(who(file), log(file)),
        List.of(),
        List.of(),
        EvidenceGroups.of(file),
        PRIVATE,
        "Case " + file.id() + ": " + status + ".");
  }

  private static CardView notFound(String typed) {
    return answer(
        Kind.LOOKUP,
        "not-found",
        "No such case",
        Line.of()
            .say("There is no case ")
            .quote(typed, ID)
            .say(" that you may read. A case is named like PN-7F3K-2QXD.")
            .runs(),
        List.of());
  }

  /** What can be typed, and how a card is read. */
  public static CardView help() {
    Group commands =
        new Group(
            "cmd",
            "Commands",
            List.of(
                new Row("/postern PN-7F3K-2QXD", Line.own("show a case")),
                new Row("/postern help", Line.own("this page"))));
    Group reading =
        new Group(
            "read",
            "How to read a card",
            List.of(),
            List.of(
                Line.of()
                    .say("Text ")
                    .quote("like this", NAME)
                    .say(" was written by a sender, a server or a person.")
                    .say(" All other words are Postern’s.")
                    .runs(),
                Line.own(
                    "Aligned means the domain that was proved is the one in From. Only then does"
                        + " pass say who sent it."),
                Line.own("A case that ends without a decision stays held.")));
    return answer(
        Kind.HELP,
        "help",
        "Postern help",
        Line.own(
            "Postern holds mail until a person decides. Nothing is released without a click that"
                + " policy allows."),
        List.of(commands, reading));
  }

  private static CardView answer(
      Kind kind, String state, String title, List<Run> lead, List<Group> groups) {
    return new CardView(
        kind,
        state,
        "",
        1,
        title,
        Optional.empty(),
        List.of(lead),
        groups,
        List.of(),
        List.of(),
        List.of(),
        PRIVATE,
        title + ".");
  }

  private String status(CaseFile file) {
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

  /** As far as the case itself says; the desk judges each click anew. */
  private static boolean mayVote(CaseFile file, Person person) {
    boolean party =
        person
            .email()
            .filter(
                mail ->
                    file.envelope().recipients().contains(mail)
                        || file.envelope().mailFrom().filter(mail::equals).isPresent())
            .isPresent();
    return !party
        && file.openStage().filter(s -> s.approvers().contains(person.id())).isPresent()
        && file.votes().stream().noneMatch(v -> v.personId().equals(person.id()));
  }

  private static Group who(CaseFile file) {
    List<Row> rows = new ArrayList<>(Facts.whoInBrief(file).rows());
    rows.add(new Row("Message-ID", Line.quoted(file.message().messageId(), ID)));
    Line risk = Line.of().say(Wording.risk(Risk.of(file).level()) + ".");
    file.evidence()
        .ifPresent(e -> Checks.of(e).forEach(check -> risk.say(" " + check.label() + ".")));
    rows.add(new Row("Risk", risk.runs()));
    return new Group("who", "", rows);
  }

  private Group log(CaseFile file) {
    List<CaseBook.HistoryLine> all = book.history(file.id());
    List<List<Run>> lines =
        all.stream().skip(Math.max(0, all.size() - MOST_LINES)).map(this::happened).toList();
    return new Group("log", "What happened", List.of(), lines);
  }

  private List<Run> happened(CaseBook.HistoryLine line) {
    Line out = Line.of().time(line.at()).say(" ");
    directory
        .person(Identity.ofPostern(line.actor()))
        .ifPresent(
            p ->
                out.add(
                        new Run.Person(
                            p.id(), Cleaner.clean(p.name(), NAME), p.slackUser().orElse("")))
                    .say(" "));
    return out.say(Wording.event(line.what())).runs();
  }
}
