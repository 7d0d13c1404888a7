package dev.postern.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Testimony;
import dev.postern.card.CardView;
import dev.postern.card.Doorway;
import dev.postern.card.Look;
import dev.postern.card.Lookups;
import dev.postern.card.Notice;
import dev.postern.card.Notices;
import dev.postern.card.SurfaceTrouble;
import dev.postern.teams.card.AdaptiveCards;
import dev.postern.teams.card.Field;
import dev.postern.teams.card.Invokes;
import dev.postern.teams.card.ProbeCard;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buttons of cards: each press is answered in the same moment, by the new card or by a sentence to
 * whoever pressed.
 */
final class Presses {
  static final Notice RECORDED =
      new Notice("Recorded", "Your click is written down. What comes of it follows on the card.");
  static final Notice NO_CASE =
      new Notice("No such case", "Postern has no case for this card. Your click changed nothing.");
  static final Notice BUSY =
      new Notice("Not now", "Postern cannot read its cases at the moment. Please try again.");

  private static final Notice NOBODY_CHOSEN =
      new Notice(
          "Nobody chosen",
          "Choose at least one recipient of this message. Your click changed nothing.");

  private static final Logger log = LoggerFactory.getLogger(Presses.class);

  private final TeamsWiring postern;
  private final Judging judging;
  private final Doorway doorway;
  private final Lookups lookups;
  private final Onlookers onlookers;
  private final TeamsSurface surface;
  private final Executor afterwards;

  /**
   * Takes its parts.
   *
   * @param afterwards calls Teams once the press is answered
   */
  Presses(
      TeamsWiring postern,
      Judging judging,
      Onlookers onlookers,
      TeamsSurface surface,
      Executor afterwards) {
    this.postern = postern;
    this.judging = judging;
    this.doorway = new Doorway(postern.directory());
    this.lookups = postern.lookingUp();
    this.onlookers = onlookers;
    this.surface = surface;
    this.afterwards = afterwards;
  }

  /** Answers a press: the body of an invoke's answer. */
  ObjectNode answer(Press press) {
    try {
      sight(press);
      return switch (press.verb()) {
        case Field.REFRESH -> card(press).map(Invokes::card).orElseGet(() -> told(NO_CASE));
        case Field.RELEASE, Field.RELEASE_ALL -> release(press);
        case Field.PROBE -> told(ProbeCard.WORDS.heard(press.at(), postern.clock().instant()));
        case "pn.discard" -> vote(press, said(press, new Choice.Discard()));
        case "pn.expected" -> vote(press, testimony(press, Testimony.Word.EXPECTED));
        case "pn.unexpected" -> vote(press, testimony(press, Testimony.Word.UNEXPECTED));
        case "pn.unsure" -> vote(press, testimony(press, Testimony.Word.UNSURE));
        default ->
            Look.parse(press.token())
                .map(at -> look(press, at))
                .orElseGet(() -> told(Notices.UNKNOWN_BUTTON));
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
        .map(choice -> vote(press, said(press, choice)))
        .orElseGet(() -> told(NOBODY_CHOSEN));
  }

  /** With what it says of later messages. */
  private static Choice said(Press press, Choice choice) {
    boolean later = press.field(Field.later(press.verb())).equals(Field.TICKED);
    return later ? choice.withLater() : choice;
  }

  private ObjectNode vote(Press press, Act act) {
    Click click = press.click(act, press.field(Field.reason(press.verb())));
    Judging.Result result = judging.on(click);
    try {
      return switch (result) {
        case Judging.NotRecorded _ -> Invokes.notRecorded();
        case Judging.Later _ -> told(RECORDED);
        case Judging.Judged(Answer.Refused refused) -> told(words(refused));
        case Judging.Judged _ -> card(press).map(Invokes::card).orElseGet(() -> told(RECORDED));
      };
    } catch (RuntimeException afterIt) {
      log.warn("What a press came to could not be shown: {}", afterIt.toString());
      return told(RECORDED);
    }
  }

  /** The same for a dialog, which no card takes the place of. */
  Notice told(Press press, Act act, String reason) {
    Click click = press.click(act, reason);
    Judging.Result result = judging.on(click);
    try {
      return switch (result) {
        case Judging.NotRecorded _ -> Notices.NOT_RECORDED;
        case Judging.Later _ -> RECORDED;
        case Judging.Judged(Answer answer) -> words(answer);
      };
    } catch (RuntimeException afterIt) {
      log.warn("What a press came to could not be told: {}", afterIt.toString());
      return RECORDED;
    }
  }

  private Notice words(Answer answer) {
    return Notices.of(
        answer,
        answer instanceof Answer.Refused refused
            ? refused.caseId().flatMap(postern.cases()::find)
            : Optional.empty());
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

  /** The card that was pressed as it is now, for the one who pressed. */
  private Optional<ObjectNode> card(Press press) {
    return row(press)
        .flatMap(row -> postern.drawn().apply(row).map(view -> seen(press, row, view)));
  }

  private ObjectNode seen(Press press, CardRow row, CardView view) {
    String place = row.place().address();
    return AdaptiveCards.of(
        onlookers.seen(view, place, press.who().user()), onlookers.of(view, place));
  }

  Optional<CaseFile> caseOf(Press press) {
    return postern
        .about()
        .apply(press.token())
        .map(TeamsWiring.Subject::caseId)
        .flatMap(postern.cases()::find);
  }

  /** The row of the card: by its message, or by the place where it stands. */
  private Optional<CardRow> row(Press press) {
    Optional<TeamsWiring.Subject> subject = postern.about().apply(press.token());
    List<CardRow> rows =
        subject.map(it -> postern.cases().cards(it.caseId())).orElse(List.of()).stream()
            .filter(row -> row.place().surface().equals(TeamsSurface.NAME))
            .toList();
    String place = Places.placeOf(press.heard());
    return rows.stream()
        .filter(row -> row.externalId().filter(press.externalId()::equals).isPresent())
        .findFirst()
        .or(
            () ->
                rows.stream()
                    .filter(row -> row.place().address().equals(place))
                    .filter(row -> isOf(row, subject.orElseThrow()))
                    .findFirst());
  }

  /** In a chat of one person several cards of a case can stand. */
  private static boolean isOf(CardRow row, TeamsWiring.Subject subject) {
    return row.place().isOwnChat()
        ? subject.cardId().filter(row.id()::equals).isPresent()
        : subject.cardId().filter(id -> !id.equals(row.id())).isEmpty();
  }

  /**
   * A card whose post was never answered shows itself when somebody looks at it. Where another was
   * posted meanwhile, one of them goes.
   */
  private void sight(Press press) {
    String seen = press.externalId();
    Optional<CardRow> row = seen.isEmpty() ? Optional.empty() : row(press);
    if (row.isPresent() && !row.get().externalId().equals(Optional.of(seen))) {
      String stands = postern.stands().apply(row.get().id(), seen);
      if (!stands.equals(seen)) {
        afterwards.execute(() -> remove(seen));
      }
    }
  }

  private void remove(String surplus) {
    try {
      surface.remove(surplus);
    } catch (SurfaceTrouble trouble) {
      log.warn("A second card in Teams was not removed: {}", trouble.getMessage());
    }
  }

  static ObjectNode told(Notice notice) {
    return Invokes.told(notice);
  }
}
