package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.Answer;
import dev.postern.approval.Campaign.Place;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.approval.Together;
import dev.postern.approval.Together.Kin;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Confirm;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Kind;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The messages that one card asks about, page by page, for those who may read its case; and the
 * taking out of one, for those who may decide.
 */
final class SetLists {
  /** With the button to the next page they are five, as many as Adaptive Cards draw in a row. */
  private static final int PAGE = 4;

  private final CaseBook book;
  private final Reading reading;
  private final BiFunction<CaseId, Identity, Answer> apart;

  SetLists(CaseBook book, Reading reading, BiFunction<CaseId, Identity, Answer> apart) {
    this.book = book;
    this.reading = reading;
    this.apart = apart;
  }

  /** What leads to the list, from the case whose card asks about all of them. */
  static CardAction opener(CaseId leader) {
    String token = new Look.Members(leader, Optional.empty()).token();
    return CardAction.look("pn.open0", "List them, or take one out", token);
  }

  /** The buttons of a case that is shown alone: to its set, or out of it. */
  static List<CardAction> buttons(CaseFile it, CaseBook book) {
    if (it.state() != CaseState.ASKING) {
      return List.of();
    }
    return book
        .backstory(it.id())
        .together()
        .filter(all -> all.campaign().asks() && all.size() > 1 && all.place() != Place.APART)
        .map(all -> all.leader().equals(it.id()) ? opener(it.id()) : takingOut(it.id(), 0))
        .stream()
        .toList();
  }

  /** One page. */
  CardView page(Look.Members at, Person asker) {
    return list(at.leader(), at.after(), asker, Optional.empty());
  }

  /** Takes one out, and says so above those that are left; again it changes nothing. */
  CardView takeOut(CaseId member, Person asker) {
    CaseId leader = book.leaderOf(member).orElse(member);
    Optional<CaseFile> it = reading.find(member.text(), asker);
    if (it.isEmpty()) {
      return list(leader, Optional.empty(), asker, Optional.of(Notices.NOT_TO_READ));
    }
    Answer answer = apart.apply(member, Identity.ofPostern(asker.id()));
    Notice said =
        answer instanceof Answer.Refused
            ? Notices.of(answer, book.find(member).or(() -> it))
            : Notices.TAKEN_OUT;
    return list(leader, Optional.empty(), asker, Optional.of(said));
  }

  private CardView list(
      CaseId leader, Optional<CaseId> after, Person asker, Optional<Notice> said) {
    Optional<CaseFile> it = reading.find(leader.text(), asker);
    Optional<Together> all =
        it.flatMap(file -> book.backstory(file.id()).together())
            .filter(t -> t.leader().equals(leader) && t.campaign().asks() && t.size() > 1);
    List<List<Run>> lead = new ArrayList<>();
    said.ifPresent(notice -> lead.add(Line.own(notice.title() + ". " + notice.text())));
    lead.add(
        Line.own(
            all.isPresent()
                ? "The card of case " + leader + " asks about all of these at once."
                : "No others are decided together with this message, as far as you may see."));
    boolean decides =
        it.flatMap(CaseFile::openStage).filter(s -> s.approvers().contains(asker.id())).isPresent();
    String title =
        all.map(t -> Wording.count(t.size(), "message") + " of one kind").orElse("Alone");
    return LookupWriter.answer(
        Kind.LOOKUP,
        "found",
        title,
        lead,
        all.map(t -> List.of(group(t, after, decides))).orElse(List.of()),
        said.map(Notice::title).orElse(title) + ".");
  }

  private static Group group(Together all, Optional<CaseId> after, boolean decides) {
    List<Kin> set = all.set();
    List<CaseId> ids = set.stream().map(Kin::id).toList();
    int from = after.map(ids::indexOf).orElse(-1) + 1;
    List<Kin> shown = set.subList(from, Math.min(from + PAGE, set.size()));
    List<CardAction> buttons = new ArrayList<>();
    if (decides) {
      shown.forEach(kin -> buttons.add(takingOut(kin.id(), buttons.size())));
    }
    if (from + shown.size() < set.size()) {
      Look next = new Look.Members(all.leader(), Optional.of(shown.getLast().id()));
      buttons.add(CardAction.look("pn.more", "Next", next.token()));
    }
    List<Row> rows = shown.stream().map(SetLists::row).toList();
    String place = "%d to %d of %d".formatted(from + 1, from + shown.size(), set.size());
    return new Group("members", place, rows, List.of(), buttons);
  }

  private static Row row(Kin kin) {
    int more = kin.recipients().size() - 1;
    Line line = Line.of().say("from ").quote(kin.message().from(), ADDRESS).say(" to ");
    line.quote(kin.recipients().getFirst().toString(), ADDRESS);
    line.say(more > 0 ? " and " + more + " more" : "").say(", subject ");
    return new Row(kin.id().text(), line.quote(kin.message().subject(), SUBJECT).runs());
  }

  private static CardAction takingOut(CaseId id, int number) {
    Confirm confirm =
        new Confirm(
            "Take " + id + " out?",
            "It is asked about on its own. Votes that were cast stand for the others, whose card is"
                + " drawn anew.",
            "Take out",
            "Leave it in");
    return new CardAction(
        "pn.apart" + number,
        "Take out " + id,
        new Look.Apart(id).token(),
        Style.PLAIN,
        "",
        Optional.of(confirm));
  }
}
