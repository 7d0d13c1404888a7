package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.REASON;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.Backstory;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Holdings;
import dev.postern.approval.Petition;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Confirm;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Rare;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Stake;
import dev.postern.card.CardView.Style;
import dev.postern.card.CardWriter.Story;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Like;
import dev.postern.policy.GrantTerms.Party;
import dev.postern.policy.Ruling.ByGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What cards say of a request for a grant, which is a case without a message. */
final class GrantCards {
  private final CaseFile file;
  private final Petition petition;
  private final Ballots ballots;
  private final boolean allow;

  GrantCards(CaseFile file, Petition petition, Ballots ballots) {
    this.file = file;
    this.petition = petition;
    this.ballots = ballots;
    this.allow = petition.terms().kind() == Kind.ALLOW;
  }

  /** What the request has come to. */
  Story story(Backstory before) {
    List<Group> news = new ArrayList<>();
    new Earlier(file, before, ballots).group().ifPresent(news::add);
    return switch (file.state()) {
      case RECEIVED, EXAMINED, ASKING, FAILED -> asking(news);
      case DECIDED ->
          refused()
              ? told("discarding", "Refusing…", "It is noted now. Nothing to do.")
              : told("releasing", "Approving…", "It begins now. Nothing to do.");
      case DONE -> done();
      case EXPIRED ->
          told("expired", "Nobody decided in time", "No such grant begins. Ask again to have one.");
      case WITHDRAWN -> told("withdrawn", "No longer asked for", over());
    };
  }

  private String over() {
    return file.trouble().isBlank() || file.trouble().equals(Holdings.GONE)
        ? "It was taken back, or its time had ended, before it could begin."
        : file.trouble();
  }

  private Story asking(List<Group> news) {
    if (file.waitingStage().isPresent()) {
      return Story.of("received", "Nobody asked yet", Line.own(ballots.untold(file)));
    }
    Optional<Stage> stage = file.openStage();
    if (stage.isEmpty() || file.votes().isEmpty()) {
      List<Run> lead = file.trouble().isBlank() ? List.of() : Line.own(file.trouble());
      List<List<Run>> said = lead.isEmpty() ? List.of() : List.of(lead);
      return new Story("pending", question(), said, news);
    }
    int ahead = Ballots.ahead(file.votes());
    int missing = Math.max(1, stage.get().quorum() - ahead);
    String more = missing == 1 ? "One more person" : missing + " more people";
    news.addFirst(ballots.group(file));
    return new Story(
        "voted",
        ahead + " of " + stage.get().quorum() + " votes: " + question(),
        List.of(Line.own(more + " must agree.")),
        news);
  }

  private Story done() {
    Line lead = decider();
    List<Row> rows = new ArrayList<>(ballots.reasons(file, file.decision().orElseThrow()));
    if (refused()) {
      lead.say(" refused it. No such grant begins.");
      return Story.of("discarded", "Refused", lead.runs(), new Group("proof", "", rows));
    }
    lead.say(allow ? " allowed it." : " approved the block.");
    if (!file.trouble().isBlank()) {
      rows.addFirst(new Row("Now", Line.own(file.trouble())));
    }
    String title =
        file.trouble().isBlank()
            ? (allow ? "Allowed until " : "Blocked until ") + until()
            : allow ? "Was allowed" : "Was blocked";
    return Story.of("released", title, lead.runs(), new Group("proof", "", rows));
  }

  private Story told(String state, String title, String lead) {
    return Story.of(state, title, Line.own(lead));
  }

  private Line decider() {
    return ballots.deciders(file, file.decision().orElseThrow());
  }

  private boolean refused() {
    return file.decision()
        .map(Decision::choice)
        .filter(Choice.Discard.class::isInstance)
        .isPresent();
  }

  private String until() {
    return Wording.utc(petition.terms().until(), Instant.EPOCH);
  }

  /** In own words but for a domain, whose dots are broken. */
  private String question() {
    String text = petition.terms().from().text();
    Optional<String> domain = CardWriter.domainWord(text.substring(text.lastIndexOf('@') + 1));
    String whom =
        petition.terms().from().address()
            ? domain.map(it -> "one sender at " + it).orElse("one sender")
            : domain.orElse("one domain");
    String like = petition.terms().like().map(it -> " like case " + it.caseId()).orElse("");
    return (allow ? "Allow mail from " : "Block mail from ") + whom + like + "?";
  }

  /** The terms, and who decides about them. */
  List<Group> groups(Story story, Backstory before, Optional<Stage> asks) {
    List<Group> groups = new ArrayList<>(story.news());
    groups.add(terms("who", ""));
    new HandOvers(file, ballots).group(before.handOvers()).ifPresent(groups::add);
    asks.flatMap(stage -> OwnChats.group(before.ownChats(), stage, ballots)).ifPresent(groups::add);
    asks.map(this::decision).ifPresent(groups::add);
    return groups;
  }

  /** Exactly what is asked for. */
  Group terms(String id, String title) {
    GrantTerms terms = petition.terms();
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Asked by", Line.quoted(petition.name(), NAME)));
    rows.add(new Row("Because", Line.quoted(petition.reason(), REASON)));
    rows.add(new Row("From", party(terms.from(), "all addresses of ")));
    terms.like().map(GrantCards::like).ifPresent(rows::add);
    rows.add(
        new Row(
            "To",
            terms
                .to()
                .map(to -> party(to, "only addresses of "))
                .orElseGet(() -> Line.own("everybody"))));
    rows.add(new Row("Until", Line.of().dateTime(terms.until()).runs()));
    rows.add(new Row("At most", Line.own(Wording.count(terms.most(), "message"))));
    rows.add(new Row("DMARC", Line.own(proof(terms))));
    petition.about().map(CaseId::text).ifPresent(it -> rows.add(new Row("Case", Line.own(it))));
    rows.add(new Row("Grant", Line.own(petition.id().text())));
    return new Group(id, title, rows);
  }

  private static Row like(Like like) {
    return new Row(
        "Only",
        Line.of()
            .say("messages of the same kind as case " + like.caseId() + ": subject ")
            .quote(like.subject(), SUBJECT)
            .say(", and the same text, links and files")
            .runs());
  }

  /** That a grant decided about a message. */
  static List<Run> sentence(ByGrant by) {
    boolean allow = by.terms().kind() == Kind.ALLOW;
    return Line.of()
        .say("grant " + by.id() + " of ")
        .quote(by.name(), NAME)
        .say(allow ? " allows mail from " : " blocks mail from ")
        .addAll(party(by.terms().from(), ""))
        .say(by.terms().like().map(it -> " like case " + it.caseId()).orElse(""))
        .say(" until ")
        .dateTime(by.terms().until())
        .runs();
  }

  private static List<Run> party(Party party, String before) {
    return party.address()
        ? Line.quoted(party.text(), ADDRESS)
        : Line.of().say(before).quote(party.text(), HOST).runs();
  }

  private static String proof(GrantTerms terms) {
    if (terms.kind() == Kind.BLOCK) {
      return "whatever it says: proved mail is discarded as well";
    }
    return terms.unproved()
        ? "whatever it says: whoever forges this sender is let in as well"
        : "pass, nothing less";
  }

  private Group decision(Stage stage) {
    return new Group(
        "decide",
        "",
        List.of(
            new Row("Who decides", Line.of().name(stage.name()).runs()),
            new Row(
                "Votes",
                Line.own(
                    Ballots.ahead(file.votes())
                        + (" of " + stage.quorum())
                        + (", stage " + stage.ordinal() + " of " + stage.of()))),
            new Row("Decide by", Line.of().dateTime(stage.closes()).runs())));
  }

  List<CardAction> buttons(String token) {
    Stake approve = Stakes.ofRelease(file);
    Stake refuse = Stakes.ofDiscard(file);
    return List.of(
        button("pn.release", "Approve", token, Style.PRIMARY, approve),
        button("pn.discard", "Refuse", token, Style.DANGER, refuse));
  }

  private static CardAction button(String id, String word, String token, Style style, Stake stake) {
    Confirm confirm = new Confirm(word + " this request?", stake.consequence(), word, "Not now");
    return new CardAction(
            id,
            stake.reasonNeeded() ? word + "…" : word,
            token,
            style,
            word + " this request",
            stake.reasonNeeded() ? Optional.empty() : Optional.of(confirm))
        .with(stake);
  }

  static List<Rare> rare(String token) {
    return List.of(new Rare("pn.handover", "Hand over or step aside…", token));
  }

  /** For lock screens. */
  String fallback(Optional<Stage> asks, Story story, Instant now) {
    String by =
        asks.map(stage -> " Decide by " + Wording.utc(stage.closes(), now) + ".").orElse("");
    String title = story.title().endsWith("?") ? story.title() : story.title() + ".";
    return title + by + " Case " + file.id() + ".";
  }
}
