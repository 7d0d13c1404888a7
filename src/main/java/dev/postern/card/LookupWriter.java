package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ID;
import static dev.postern.card.Cleaner.Kind.NAME;

import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Mention;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Private answers to what people type: cases, lists of cases, help. Nothing here can vote. */
public final class LookupWriter {
  private static final int MOST_LINES = 10;

  private final CaseBook book;
  private final Reading reading;
  private final Directory directory;
  private final CardWriter cards;
  private final CaseLists lists;

  /**
   * Takes its parts.
   *
   * @param book the cases
   * @param reading who may read which
   * @param directory who people are
   */
  public LookupWriter(CaseBook book, Reading reading, Directory directory) {
    this.book = book;
    this.reading = reading;
    this.directory = directory;
    this.cards = new CardWriter(directory);
    this.lists = new CaseLists(book, reading, cards);
  }

  /**
   * The case that somebody typed. A case that does not exist and one that the asker may not read
   * give the same answer.
   */
  public CardView find(String typed, Person asker) {
    return reading.find(typed, asker).map(file -> of(file, asker)).orElseGet(() -> notFound(typed));
  }

  /**
   * Cases that mention what somebody typed, newest first.
   *
   * @param typed an address or a Message-ID
   */
  public CardView about(String typed, Mention what, Person asker) {
    CaseLists.Page page = lists.about(what, Optional.empty(), asker);
    return page.hits().isEmpty()
        ? notFound(typed)
        : listed(
            "Cases found", Line.of().say("For ").quote(typed, ID).say(", newest first."), page);
  }

  /** Cases of a domain's mail, to stand below what the domain publishes; may be none. */
  public List<Group> ofDomain(DomainName domain, Person asker) {
    CaseLists.Page page = lists.about(Mention.of(domain), Optional.empty(), asker);
    List<Run> head =
        page.hits().isEmpty()
            ? Line.own("No held mail from here that you may read.")
            : Line.own("Held mail from here, newest first. You see cases you may decide or read.");
    List<Group> groups = new ArrayList<>();
    groups.add(new Group("cases", "", List.of(), List.of(head)));
    groups.addAll(page.withMore());
    return groups;
  }

  /** Cases that wait for anybody, newest first. */
  public CardView open(Person asker) {
    return listed("Waiting for a decision", newestFirst(), lists.open(Optional.empty(), asker));
  }

  /** Cases that wait for the asker, the soonest deadline first. */
  public CardView mine(Person asker) {
    return listed("Waiting for you", soonestFirst(), lists.mine(Optional.empty(), asker));
  }

  /** What a button of an earlier answer leads to, as its presser may see it. */
  public CardView look(Look.OfCases at, Person asker) {
    return switch (at) {
      case Look.Case(CaseId id) -> find(id.text(), asker);
      case Look.About(Mention what, CaseId after) ->
          listed("Older cases", newestFirst(), lists.about(what, Optional.of(after), asker));
      case Look.Open(CaseId after) ->
          listed("Waiting for a decision", newestFirst(), lists.open(Optional.of(after), asker));
      case Look.Mine(Deadline after) ->
          listed("Waiting for you", soonestFirst(), lists.mine(Optional.of(after), asker));
    };
  }

  private static Line newestFirst() {
    return Line.of().say("Newest first. You see cases you may decide or read.");
  }

  private static Line soonestFirst() {
    return Line.of().say("The soonest deadline first.");
  }

  private static CardView listed(String title, Line lead, CaseLists.Page page) {
    List<Run> words = page.hits().isEmpty() ? Line.own("There is none.") : lead.runs();
    return answer(Kind.LOOKUP, "found", title, words, page.withMore());
  }

  /** One case for one reader. */
  public CardView of(CaseFile file, Person asker) {
    String may = mayVote(file, asker) ? " You may vote." : "";
    String status = lists.status(file);
    return new CardView(
        Kind.LOOKUP,
        "lookup",
        file.id().text(),
        1,
        "Case " + file.id(),
        Optional.empty(),
        List.of(Line.own(status + "." + may)),
        List.of(who(file), log(file)),
        SetLists.buttons(file, book),
        List.of(),
        EvidenceGroups.of(file),
        Notice.PRIVATE,
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

  /**
   * The answer to a word that is none.
   *
   * @param nearest the command that was probably meant
   * @param prompt how commands are typed there
   */
  public static CardView notUnderstood(String typed, Optional<String> nearest, Prompt prompt) {
    Line line = Line.of().say("Postern does not know ").quote(typed, ID).say(".");
    nearest.ifPresent(word -> line.say(" Did you mean " + prompt.of(word) + "?"));
    return answer(
        Kind.LOOKUP,
        "not-understood",
        "Not understood",
        line.say(" " + prompt.of("help") + " lists what can be typed.").runs(),
        List.of());
  }

  /**
   * What can be typed, and how a card is read.
   *
   * @param prompt how commands are typed there
   */
  public static CardView help(Prompt prompt) {
    Group commands =
        new Group(
            "cmd",
            "Commands",
            List.of(
                new Row(prompt.of("PN-7F3K-2QXD"), Line.own("show a case")),
                new Row(prompt.of("anna@corp.example"), Line.own("cases from or to an address")),
                new Row(
                    prompt.of("<20261124.77@supplier.example>"),
                    Line.own("the case of a Message-ID")),
                new Row(
                    prompt.of("example.com"),
                    Line.own("how well a domain is protected, and its cases")),
                new Row(prompt.of("check example.com"), Line.own("the first of these alone")),
                new Row(prompt.of("mine"), Line.own("what waits for you")),
                new Row(prompt.of("open"), Line.own("what waits for anybody")),
                new Row(
                    prompt.of("freeze"), Line.own("stop releasing by rule, and say why behind it")),
                new Row(prompt.of("unfreeze"), Line.own("let rules release again")),
                new Row(prompt.of("grants"), Line.own("exceptions from the rules")),
                new Row(
                    prompt.of("grants revoke PG-7F3K-2QXD"),
                    Line.own("end one of them, or take its request back")),
                new Row(
                    prompt.of("suggestions"),
                    Line.own("rules for what people always decide alike")),
                new Row(prompt.of("help"), Line.own("this page"))));
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
    return answer(kind, state, title, List.of(lead), groups, title + ".");
  }

  /** What answers somebody alone, and has no buttons but those of its groups. */
  static CardView answer(
      Kind kind,
      String state,
      String title,
      List<List<Run>> lead,
      List<Group> groups,
      String plain) {
    return new CardView(
        kind,
        state,
        "",
        1,
        title,
        Optional.empty(),
        lead,
        groups,
        List.of(),
        List.of(),
        List.of(),
        Notice.PRIVATE,
        plain);
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
