package dev.postern.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.Ballot;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Person;
import dev.postern.approval.Refusal;
import dev.postern.card.Asking;
import dev.postern.card.CardView;
import dev.postern.card.CardView.Group;
import dev.postern.card.Doorway;
import dev.postern.card.GrantForm;
import dev.postern.card.HandOver;
import dev.postern.card.InsideGroups;
import dev.postern.card.Look;
import dev.postern.card.Lookups;
import dev.postern.card.Notice;
import dev.postern.card.Notices;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.teams.card.Dialogs;
import dev.postern.teams.card.EvidencePages;
import dev.postern.teams.card.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dialogs: all the evidence, and the forms behind the rare actions. */
final class TaskDialogs {
  private static final Notice NOBODY_TO_ASK =
      new Notice(
          "Nobody to ask",
          "Postern knows no account of any recipient of this message. Your click changed nothing.");
  private static final Notice NOT_CHOSEN =
      new Notice("Nothing chosen", "Choose one, then press again. Your click changed nothing.");
  private static final Notice UNKNOWN =
      new Notice(
          "This button does nothing",
          "This version of Postern does not know it. Your click changed nothing.");
  private static final String NOT_INSIDE =
      "What the message itself says could not be read. Close this and open it again.";

  /** Messages can be large: few are read at once. */
  private static final int READERS = 2;

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");

  private static final Logger log = LoggerFactory.getLogger(TaskDialogs.class);

  private final TeamsWiring postern;
  private final Presses presses;
  private final Doorway doorway;
  private final Lookups lookups;
  private final Semaphore readers = new Semaphore(READERS);

  TaskDialogs(TeamsWiring postern, Presses presses) {
    this.postern = postern;
    this.presses = presses;
    this.doorway = new Doorway(postern.directory());
    this.lookups = postern.lookingUp();
  }

  /** A button wants a dialog ({@code task/fetch}). */
  ObjectNode open(Press press) {
    return within(
        press,
        (it, who) ->
            switch (press.verb()) {
              case Field.EVIDENCE -> evidence(press, it, who);
              case Field.OTHER -> other(press, it, who);
              default -> Dialogs.told(UNKNOWN);
            });
  }

  /** A dialog was sent, or turned to another page ({@code task/submit}). */
  ObjectNode sent(Press press) {
    Optional<Look> looks = Look.button(press.verb()) ? Look.parse(press.token()) : Optional.empty();
    if (looks.isPresent()) {
      return known(press, who -> Dialogs.looked(lookups.look(looks.get(), who)));
    }
    return within(
        press,
        (it, who) ->
            switch (press.verb()) {
              case Field.EVIDENCE -> evidence(press, it, who);
              case Field.HAND_OVER ->
                  HandOver.act(press.field(Field.WHOM))
                      .map(act -> done(press, act))
                      .orElseGet(() -> Dialogs.told(NOT_CHOSEN));
              case Field.ASK -> asked(press, it);
              case Field.ALLOW -> askedFor(press, it, who, Kind.ALLOW);
              case Field.BLOCK -> askedFor(press, it, who, Kind.BLOCK);
              default -> Dialogs.told(UNKNOWN);
            });
  }

  /** Draws the answer for somebody who is let in, about a case. */
  private interface Answering {
    ObjectNode of(CaseFile it, Person who);
  }

  private ObjectNode within(Press press, Answering answering) {
    return known(
        press,
        who ->
            presses
                .caseOf(press)
                .map(it -> answering.of(it, who))
                .orElseGet(() -> Dialogs.told(Presses.NO_CASE)));
  }

  private ObjectNode known(Press press, Function<Person, ObjectNode> answering) {
    try {
      Optional<Notice> refusal = doorway.refuses(press.who());
      if (refusal.isPresent()) {
        return Dialogs.told(refusal.get());
      }
      return answering.apply(postern.directory().person(press.who()).orElseThrow());
    } catch (RuntimeException ours) {
      log.error("A dialog in Teams could not be drawn", ours);
      return Dialogs.told(Presses.BUSY);
    }
  }

  /** Beyond what the card shows; so only for those who may read the case. */
  private ObjectNode evidence(Press press, CaseFile it, Person who) {
    if (!postern.lookups().reading().mayRead(who, it)) {
      return Dialogs.told(Notices.NOT_TO_READ);
    }
    List<Group> groups = new ArrayList<>(worded(press, it).evidence());
    String note = "";
    if (postern.messageText() && it.rawKept()) {
      Optional<List<Group>> inside = inside(it);
      inside.ifPresent(groups::addAll);
      note = inside.isPresent() ? "" : NOT_INSIDE;
    }
    EvidencePages pages = new EvidencePages(it.id().toString(), press.token(), groups, note);
    return Dialogs.evidence(pages, Math.max(1, press.data().path(Field.PAGE).asInt(1)));
  }

  private Optional<List<Group>> inside(CaseFile it) {
    if (!readers.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return postern.cases().raw(it.id()).map(InsideGroups::of);
    } finally {
      readers.release();
    }
  }

  private ObjectNode other(Press press, CaseFile it, Person who) {
    return switch (press.field(Field.RARE)) {
      case "pn.handover" ->
          ballot(it, who)
              .map(
                  ballot ->
                      Dialogs.handOver(ballot, press.token(), it.id())
                          .orElseGet(() -> Dialogs.told(HandOver.NOBODY)))
              .orElseGet(() -> Dialogs.told(mayNot(it)));
      case "pn.ask" ->
          ballot(it, who)
              .map(
                  _ ->
                      Dialogs.ask(
                              Asking.candidates(it.envelope().recipients(), this::reachable),
                              press.token(),
                              it.id())
                          .orElseGet(() -> Dialogs.told(NOBODY_TO_ASK)))
              .orElseGet(() -> Dialogs.told(mayNot(it)));
      case "pn.recheck" -> done(press, new Act.Recheck());
      case Field.ALLOW -> grant(press, it, Kind.ALLOW);
      case Field.BLOCK -> grant(press, it, Kind.BLOCK);
      case "" -> Dialogs.told(NOT_CHOSEN);
      default -> Dialogs.told(UNKNOWN);
    };
  }

  private ObjectNode grant(Press press, CaseFile it, Kind kind) {
    return Dialogs.grant(kind, it, postern.lookups().petitions().law(), press.token())
        .orElseGet(() -> Dialogs.told(GrantForm.NOTHING));
  }

  private ObjectNode askedFor(Press press, CaseFile it, Person who, Kind kind) {
    String reason = press.field(Field.reason(press.verb()));
    return GrantForm.wish(kind, press.field(Field.WHOM), reason, it)
        .map(wish -> Dialogs.told(GrantForm.told(postern.lookups().petitions().ask(who, wish))))
        .orElseGet(() -> Dialogs.told(NOT_CHOSEN));
  }

  private Optional<Ballot> ballot(CaseFile it, Person who) {
    return postern.ballots().apply(it.id(), who);
  }

  private boolean reachable(EmailAddress recipient) {
    return postern.directory().witness(recipient).isPresent();
  }

  private ObjectNode asked(Press press, CaseFile it) {
    String whom = press.field(Field.WHOM);
    List<EmailAddress> all = it.envelope().recipients();
    int number = NUMBER.matcher(whom).matches() ? Integer.parseInt(whom) : 0;
    return number >= 1 && number <= all.size()
        ? done(press, new Act.Ask(all.get(number - 1)))
        : Dialogs.told(NOT_CHOSEN);
  }

  private ObjectNode done(Press press, Act act) {
    return Dialogs.told(presses.told(press, act, press.field(Field.reason(press.verb()))));
  }

  /** What somebody is told who would be refused whatever the form says. */
  private static Notice mayNot(CaseFile it) {
    Refusal why =
        it.openStage().isPresent()
            ? Refusal.NOT_ALLOWED
            : it.decision().isPresent() ? Refusal.TOKEN_USED : Refusal.EXPIRED;
    return Notices.of(new Answer.Refused(why, "", Optional.of(it.id())), Optional.of(it));
  }

  /** The card as its own row has it; the evidence hangs on the case alone. */
  private CardView worded(Press press, CaseFile it) {
    CardPlace place = new CardPlace(TeamsSurface.NAME, Places.placeOf(press.heard()));
    CardRow row = new CardRow("form", it.id(), place, Optional.empty(), Optional.empty(), 1, 1);
    return postern.cards().write(it, row, Optional.of(press.token()), postern.clock().instant());
  }
}
