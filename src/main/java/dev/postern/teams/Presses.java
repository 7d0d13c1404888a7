package dev.postern.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Testimony;
import dev.postern.card.Doorway;
import dev.postern.card.Look;
import dev.postern.card.Lookups;
import dev.postern.card.Notice;
import dev.postern.card.Notices;
import dev.postern.teams.card.AdaptiveCards;
import dev.postern.teams.card.Field;
import dev.postern.teams.card.Invokes;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buttons of cards: each press is answered in the same moment, by the new card or by a sentence to
 * whoever pressed.
 */
final class Presses {
  static final Notice LATER =
      new Notice("Recorded", "Your click is written down. What comes of it follows on the card.");
  static final Notice NO_CASE =
      new Notice("No such case", "Postern has no case for this card. Your click changed nothing.");
  static final Notice BUSY =
      new Notice("Not now", "Postern cannot read its cases at the moment. Please try again.");

  private static final Notice UNKNOWN =
      new Notice(
          "This button does nothing",
          "This version of Postern does not know it. Your click changed nothing. Decide with the"
              + " other buttons or on the web page.");

  private static final Notice NOBODY_CHOSEN =
      new Notice(
          "Nobody chosen",
          "Choose at least one recipient of this message. Your click changed nothing.");

  private static final Logger log = LoggerFactory.getLogger(Presses.class);

  private final TeamsWiring postern;
  private final Judging judging;
  private final Doorway doorway;
  private final Lookups lookups;
  private final Places places;
  private final Onlookers onlookers;

  Presses(TeamsWiring postern, Judging judging, Places places, Onlookers onlookers) {
    this.postern = postern;
    this.judging = judging;
    this.doorway = new Doorway(postern.directory());
    this.lookups = postern.lookingUp();
    this.places = places;
    this.onlookers = onlookers;
  }

  /** Answers a press: the body of an invoke's answer. */
  ObjectNode answer(Press press) {
    try {
      sight(press);
      return switch (press.verb()) {
        case Field.REFRESH -> card(press).map(Invokes::card).orElseGet(() -> told(NO_CASE));
        case Field.RELEASE, Field.RELEASE_ALL -> release(press);
        case "pn.discard" -> vote(press, new Choice.Discard());
        case "pn.expected" -> vote(press, testimony(press, Testimony.Word.EXPECTED));
        case "pn.unexpected" -> vote(press, testimony(press, Testimony.Word.UNEXPECTED));
        case "pn.unsure" -> vote(press, testimony(press, Testimony.Word.UNSURE));
        default ->
            Look.parse(press.token()).map(at -> look(press, at)).orElseGet(() -> told(UNKNOWN));
      };
    } catch (RuntimeException ours) {
      log.error("A press in Teams could not be answered", ours);
      return Invokes.notRecorded();
    }
  }

  private static Act testimony(Press press, Testimony.Word word) {
    return new Act.Testify(word, press.externalId());
  }

  private ObjectNode release(Press press) {
    Optional<CaseFile> it = caseOf(press);
    if (it.isEmpty()) {
      return told(NO_CASE);
    }
    return Field.release(
            press.verb(), press.field(Field.RELEASE_TO), it.get().envelope().recipients())
        .map(choice -> vote(press, choice))
        .orElseGet(() -> told(NOBODY_CHOSEN));
  }

  private ObjectNode vote(Press press, Act act) {
    return outcome(press, act, press.field(Field.reason(press.verb())))
        .map(Presses::told)
        .or(() -> card(press).map(Invokes::card))
        .orElseGet(() -> told(LATER));
  }

  /** What whoever pressed is told; empty where the card tells it. */
  private Optional<Notice> outcome(Press press, Act act, String reason) {
    return switch (judging.on(press.click(act, reason))) {
      case Judging.NotRecorded _ -> Optional.of(Notices.NOT_RECORDED);
      case Judging.Later _ -> Optional.of(LATER);
      case Judging.Judged(Answer.Refused refused) -> Optional.of(refusal(refused));
      case Judging.Judged _ -> Optional.empty();
    };
  }

  /** The same for a dialog, which no card takes the place of. */
  Notice told(Press press, Act act, String reason) {
    return switch (judging.on(press.click(act, reason))) {
      case Judging.NotRecorded _ -> Notices.NOT_RECORDED;
      case Judging.Later _ -> LATER;
      case Judging.Judged(Answer.Refused refused) -> refusal(refused);
      case Judging.Judged(Answer answer) -> Notices.of(answer, Optional.empty());
    };
  }

  private Notice refusal(Answer.Refused refused) {
    return Notices.of(refused, refused.caseId().flatMap(postern.cases()::find));
  }

  private ObjectNode look(Press press, Look at) {
    return doorway
        .refuses(press.who())
        .map(Presses::told)
        .orElseGet(
            () ->
                Invokes.card(
                    AdaptiveCards.of(
                        lookups.look(at, postern.directory().person(press.who()).orElseThrow()))));
  }

  /** The card that was pressed as it is now. */
  private Optional<ObjectNode> card(Press press) {
    return row(press)
        .flatMap(
            row ->
                postern.drawn().apply(row).map(view -> AdaptiveCards.of(view, onlookers.of(view))));
  }

  Optional<CaseFile> caseOf(Press press) {
    return postern.caseOf().apply(press.token()).flatMap(postern.cases()::find);
  }

  /** The row of the card: by its message, or by the place where it stands. */
  private Optional<CardRow> row(Press press) {
    Optional<CaseId> id = postern.caseOf().apply(press.token());
    List<CardRow> rows =
        id.map(postern.cases()::cards).orElse(List.of()).stream()
            .filter(row -> row.place().surface().equals(TeamsSurface.NAME))
            .toList();
    String place = Places.placeOf(press.heard());
    return rows.stream()
        .filter(row -> row.externalId().filter(press.externalId()::equals).isPresent())
        .findFirst()
        .or(() -> rows.stream().filter(row -> row.place().channel().equals(place)).findFirst());
  }

  /** A card whose post was never answered shows itself when somebody looks at it. */
  private void sight(Press press) {
    row(press)
        .filter(row -> row.externalId().isEmpty() && !press.externalId().isEmpty())
        .ifPresent(row -> places.seen(row.id(), press.externalId()));
  }

  static ObjectNode told(Notice notice) {
    return Invokes.told(notice);
  }
}
