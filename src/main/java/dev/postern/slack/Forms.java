package dev.postern.slack;

import dev.postern.approval.Answer;
import dev.postern.approval.Backstory;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.card.CardView;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Stake;
import dev.postern.card.GrantForm;
import dev.postern.card.HandOver;
import dev.postern.card.InsideGroups;
import dev.postern.card.Notice;
import dev.postern.card.Notices;
import dev.postern.card.Stakes;
import dev.postern.card.SurfaceTrouble;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.slack.Opening.Drawn;
import dev.postern.slack.Opening.Opened;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens modals, and tells the person who pressed when it cannot. */
final class Forms {

  private static final Notice NOBODY_TO_ASK =
      new Notice(
          "Nobody to ask",
          "Postern knows no Slack account of any recipient of this message. Your click changed"
              + " nothing.");

  private static final String WAIT = "What the message itself says follows in a moment.";
  private static final String NOT_INSIDE =
      "What the message itself says could not be read. Close this and open it again.";
  private static final int READERS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Forms.class);

  private final Semaphore readers = new Semaphore(READERS);
  private final Wiring postern;
  private final Opening opening;
  private final Views views;

  /**
   * @param threads prepare what modals show
   */
  Forms(Wiring postern, WebApi api, Executor threads) {
    this.postern = postern;
    this.opening = new Opening(postern, api, threads);
    this.views = new Views(api);
  }

  /** The form of a decision. */
  void open(Press press, String form) {
    opening.show(
        press,
        (it, _) -> {
          CardView card = worded(it, press);
          return Drawn.of(
              form.equals(Modals.DISCARD)
                  ? Modals.discard(card, memo(press, it), stake(card, form, Stakes.ofDiscard(it)))
                  : Modals.release(card, memo(press, it), stake(card, form, Stakes.ofRelease(it))));
        });
  }

  /** What the card's own button says, which knows with which others it is decided. */
  private static Stake stake(CardView card, String form, Stake otherwise) {
    return card.actions().stream()
        .filter(action -> action.id().equals(form))
        .flatMap(action -> action.stake().stream())
        .findFirst()
        .orElse(otherwise);
  }

  /**
   * Everything that was found, for those who may read the case; others have the card. What takes
   * longer to read follows in the open view.
   */
  void evidence(Press press) {
    opening
        .show(
            press,
            (it, who) ->
                postern.lookups().reading().mayRead(who, it)
                    ? Drawn.of(
                        Modals.evidence(
                            worded(it, press), it, List.of(), showsInside(it) ? WAIT : ""))
                    : new Drawn(Optional.empty(), Notices.NOT_TO_READ))
        .filter(opened -> showsInside(opened.it()))
        .ifPresent(opened -> inside(press, opened));
  }

  private boolean showsInside(CaseFile it) {
    return postern.messageText() && it.rawKept();
  }

  /** Messages can be large: few are read at once. */
  private void inside(Press press, Opened opened) {
    CaseFile it = opened.it();
    try {
      List<Group> inside = List.of();
      String note = NOT_INSIDE;
      if (readers.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        try {
          Optional<List<Group>> read = postern.cases().raw(it.id()).map(InsideGroups::of);
          inside = read.orElse(List.of());
          note = read.isPresent() ? "" : NOT_INSIDE;
        } finally {
          readers.release();
        }
      }
      views.update(opened.viewId(), Modals.evidence(worded(it, press), it, inside, note));
    } catch (SurfaceTrouble slackTrouble) {
      log.warn("A view was not completed: {}", slackTrouble.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException ours) {
      log.error("A message could not be shown", ours);
    }
  }

  /** Whom to leave the decision to; only for one who may decide now. */
  void handOver(Press press) {
    opening.show(
        press,
        (it, who) ->
            postern
                .ballots()
                .apply(it.id(), who)
                .map(
                    ballot ->
                        new Drawn(RareModals.handOver(ballot, memo(press, it)), HandOver.NOBODY))
                .orElseGet(() -> mayNot(it)));
  }

  /** Which recipient is asked; only for one who may decide now. */
  void ask(Press press) {
    opening.show(
        press,
        (it, who) ->
            postern
                .ballots()
                .apply(it.id(), who)
                .map(
                    _ ->
                        new Drawn(
                            RareModals.ask(
                                it.envelope().recipients(),
                                new Reachable(postern.directory(), postern.clock()),
                                memo(press, it)),
                            NOBODY_TO_ASK))
                .orElseGet(() -> mayNot(it)));
  }

  /** What somebody is told who would be refused whatever the form says. */
  private static Drawn mayNot(CaseFile it) {
    Refusal why =
        it.openStage().isPresent()
            ? Refusal.NOT_ALLOWED
            : it.decision().isPresent() ? Refusal.TOKEN_USED : Refusal.EXPIRED;
    Answer refused = new Answer.Refused(why, "", Optional.of(it.id()));
    return new Drawn(Optional.empty(), Notices.of(refused, Optional.of(it)));
  }

  private static Memo memo(Press press, CaseFile it) {
    return new Memo(press.token(), press.channel(), it.id());
  }

  /** Whose mail is to pass, or to be stopped. */
  void grant(Press press, Kind kind) {
    opening.show(
        press,
        (it, _) -> {
          GrantLaw law = postern.lookups().petitions().law();
          return new Drawn(RareModals.grant(kind, it, law, memo(press, it)), GrantForm.NOTHING);
        });
  }

  /** Tells one person something where they pressed. */
  void tell(String channel, Identity who, Notice notice) {
    opening.tell(channel, who, notice);
  }

  void unknownAction(Press press) {
    opening.tell(press.channel(), press.who(), Notices.UNKNOWN_BUTTON);
  }

  void notRecorded(String channel, Identity who) {
    opening.tell(channel, who, Notices.NOT_RECORDED);
  }

  /** Of what came before a form shows nothing but the others that are decided with the case. */
  private Backstory others(CaseFile it) {
    return Backstory.none().among(postern.cases().backstory(it.id()).together());
  }

  /** The card as its own row has it; what a form shows hangs on the case alone. */
  private CardView worded(CaseFile it, Press press) {
    CardPlace place = new CardPlace(SlackSurface.NAME, press.channel());
    CardRow row = new CardRow("form", it.id(), place, Optional.empty(), Optional.empty(), 1, 1);
    return postern
        .cards()
        .write(it, others(it), row, Optional.of(press.token()), postern.clock().instant());
  }
}
