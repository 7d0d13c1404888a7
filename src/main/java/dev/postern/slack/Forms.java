package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Identity;
import dev.postern.card.CardView;
import dev.postern.card.Notice;
import dev.postern.card.SurfaceTrouble;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens modals, and tells the person who pressed when it cannot. */
final class Forms {
  static final Notice NOT_RECORDED =
      new Notice(
          "Not recorded",
          "Postern could not record your click. The message is still held. Please click again.");

  private static final Notice UNKNOWN_ACTION =
      new Notice(
          "This button does nothing",
          "This version of Postern does not know it. Your click changed nothing. Decide with the"
              + " other buttons or on the web page.");
  private static final Notice NO_CASE =
      new Notice("No such case", "Postern has no case for this card. Your click changed nothing.");
  private static final Notice NOT_OPENED =
      new Notice(
          "The form did not open", "Slack did not show it. Nothing changed. Please click again.");

  private static final Logger log = LoggerFactory.getLogger(Forms.class);

  private final Wiring postern;
  private final Doorway doorway;
  private final Messages messages;
  private final Views views;

  Forms(Wiring postern, WebApi api) {
    this.postern = postern;
    this.doorway = new Doorway(postern.directory());
    this.messages = new Messages(api);
    this.views = new Views(api);
  }

  /** The form of a decision. */
  void open(Press press, String form) {
    show(
        press,
        (card, it) -> {
          Memo memo = new Memo(press.token(), press.channel(), it.id());
          boolean reasonNeeded = Interactions.reasonNeeded(it, form);
          return form.equals(Modals.DISCARD)
              ? Modals.discard(card, it, memo, reasonNeeded)
              : Modals.release(card, it, memo, reasonNeeded);
        });
  }

  /** Everything that was found. */
  void evidence(Press press) {
    show(press, Modals::evidence);
  }

  void unknownAction(Press press) {
    tell(press.channel(), press.who(), UNKNOWN_ACTION);
  }

  void notRecorded(String channel, Identity who) {
    tell(channel, who, NOT_RECORDED);
  }

  private void show(Press press, View view) {
    try {
      Optional<Notice> refusal = doorway.refuses(press.who());
      if (refusal.isPresent()) {
        tell(press.channel(), press.who(), refusal.get());
        return;
      }
      Optional<CaseFile> it = press.caseId().flatMap(postern.cases()::find);
      if (it.isEmpty()) {
        tell(press.channel(), press.who(), NO_CASE);
        return;
      }
      views.open(press.triggerId(), view.of(worded(it.get(), press), it.get()));
    } catch (SurfaceTrouble slackTrouble) {
      log.warn("A form did not open: {}", slackTrouble.getMessage());
      tell(press.channel(), press.who(), NOT_OPENED);
    } catch (RuntimeException ours) {
      log.error("A form could not be drawn", ours);
      tell(press.channel(), press.who(), NOT_RECORDED);
    }
  }

  /** The card as its own row has it; what a form shows hangs on the case alone. */
  private CardView worded(CaseFile it, Press press) {
    CardPlace place = new CardPlace(SlackSurface.NAME, press.channel());
    CardRow row = new CardRow("form", it.id(), place, Optional.empty(), Optional.empty(), 1, 1);
    return postern.cards().write(it, row, Optional.of(press.token()), postern.clock().instant());
  }

  private void tell(String channel, Identity who, Notice notice) {
    if (channel.isEmpty()) {
      return;
    }
    try {
      String fallback = notice.title() + ". " + notice.text();
      messages.tell(channel, who.user(), fallback, CardBlocks.of(notice));
    } catch (SurfaceTrouble slackTrouble) {
      log.warn("A private answer was not taken: {}", slackTrouble.getMessage());
    }
  }

  /** Draws one modal. */
  private interface View {
    ObjectNode of(CardView card, CaseFile it);
  }
}
