package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.CardView;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Verdict;
import dev.postern.card.Foreign;
import dev.postern.card.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes a card fit where Teams would refuse it. What goes first is what can be had with one more
 * press: evidence, which a dialog shows whole. Then foreign texts lose their middle, then blocks
 * lose rows, then the choice of recipients goes, so that all or none get the message, and last the
 * blocks themselves, but those that a decision needs after all others. Buttons never go.
 */
final class Fitted {
  private static final String ELSEWHERE = "Not everything fits here. Postern’s web page shows it.";
  private static final String MORE_EVIDENCE = "There is more in the full evidence.";

  /** Who it is from, what the checks found, who decides until when. */
  private static final Set<String> NEEDED = Set.of("who", "checks", "decide");

  private static final int ALL = 10_000;

  private static final List<Room> TIGHTER =
      List.of(
          new Room(5, ALL, ALL, ALL, true),
          new Room(3, ALL, ALL, ALL, true),
          new Room(1, ALL, ALL, ALL, true),
          new Room(0, ALL, ALL, ALL, true),
          new Room(0, 64, 600, ALL, true),
          new Room(0, 48, 400, ALL, true),
          new Room(0, 32, 300, ALL, true),
          new Room(0, 32, 300, 12, true),
          new Room(0, 24, 200, 8, true),
          new Room(0, 24, 120, 6, true),
          new Room(0, 16, 100, 5, true),
          new Room(0, 24, 120, 5, false),
          new Room(0, 24, 120, 4, false));

  private final CardView card;
  private final Room room;

  /**
   * How much of a card there is room for.
   *
   * @param evidence blocks of evidence that unfold
   * @param foreign characters of a foreign text
   * @param own characters of one of our own
   * @param rows of a block, and half of the runs of a row
   * @param choice whether recipients can be chosen
   */
  private record Room(int evidence, int foreign, int own, int rows, boolean choice) {}

  private Fitted(CardView card, Room room) {
    this.card = card;
    this.room = room;
  }

  /**
   * The card as it fits.
   *
   * @param draw how it is laid out
   */
  static ObjectNode of(CardView card, Function<CardView, ObjectNode> draw) {
    ObjectNode drawn = draw.apply(card);
    CardView shorter = card;
    for (int i = 0; i < TIGHTER.size() && tooLarge(drawn); i++) {
      shorter = new Fitted(card, TIGHTER.get(i)).card();
      drawn = draw.apply(shorter);
    }
    while (tooLarge(drawn) && !shorter.groups().isEmpty()) {
      shorter = with(shorter, withoutOne(shorter.groups()));
      drawn = draw.apply(shorter);
    }
    return drawn;
  }

  private static boolean tooLarge(ObjectNode drawn) {
    return Json.size(drawn) > AdaptiveCards.MOST_OCTETS;
  }

  /** The last that no decision needs; then the last. The line that says so stays to the end. */
  private static List<Group> withoutOne(List<Group> groups) {
    List<Group> left = new ArrayList<>(groups);
    for (int i = left.size() - 1; i >= 0; i--) {
      String id = left.get(i).id();
      if (!NEEDED.contains(id) && !id.equals("rest")) {
        left.remove(i);
        return left;
      }
    }
    left.removeFirst();
    return left;
  }

  private CardView card() {
    List<Group> groups = new ArrayList<>(card.groups().stream().map(this::group).toList());
    if (room.foreign() < ALL) {
      groups.add(new Group("rest", "", List.of(), List.of(List.of(Run.own(ELSEWHERE)))));
    }
    CardView shorter =
        new CardView(
            card.kind(),
            card.state(),
            card.caseId(),
            card.rev(),
            card.title(),
            card.verdict().map(v -> new Verdict(v.level(), line(v.reason()))),
            few(card.lead(), this::line),
            groups,
            card.actions(),
            card.overflow(),
            room.choice() ? card.recipients().stream().map(this::foreign).toList() : List.of(),
            evidence(),
            card.footer(),
            card.fallback());
    return shorter;
  }

  private List<Group> evidence() {
    List<Group> all = card.evidence();
    if (all.size() <= room.evidence() || room.evidence() == 0) {
      return room.evidence() == 0 ? List.of() : all;
    }
    List<Group> some = new ArrayList<>(all.subList(0, room.evidence()));
    some.add(new Group("more", "", List.of(), List.of(List.of(Run.own(MORE_EVIDENCE)))));
    return some;
  }

  private Group group(Group group) {
    return new Group(
        group.id(),
        group.title(),
        few(group.rows(), row -> new Row(row.label(), line(row.value()))),
        few(group.lines(), this::line),
        group.actions());
  }

  private <T> List<T> few(List<T> all, UnaryOperator<T> shorter) {
    return all.stream().limit(room.rows()).map(shorter).toList();
  }

  private List<Run> line(List<Run> runs) {
    return runs.stream().limit(2L * room.rows()).map(this::run).toList();
  }

  private Run run(Run run) {
    return switch (run) {
      case Run.Own own -> Run.own(Words.cut(own.text(), room.own()));
      case Foreign foreign -> foreign(foreign);
      case Run.Time time -> time;
      case Run.Person person ->
          new Run.Person(person.id(), foreign(person.name()), person.slackUser());
    };
  }

  private Foreign foreign(Foreign text) {
    return text.shortened(room.foreign());
  }

  private static CardView with(CardView c, List<Group> groups) {
    return new CardView(
        c.kind(),
        c.state(),
        c.caseId(),
        c.rev(),
        c.title(),
        c.verdict(),
        c.lead(),
        groups,
        c.actions(),
        c.overflow(),
        c.recipients(),
        c.evidence(),
        c.footer(),
        c.fallback());
  }
}
