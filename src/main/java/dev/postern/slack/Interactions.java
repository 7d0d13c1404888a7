package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.approval.Testimony;
import dev.postern.approval.Wish;
import dev.postern.card.CardView.Stake;
import dev.postern.card.Doorway;
import dev.postern.card.GrantForm;
import dev.postern.card.HandOver;
import dev.postern.card.Notice;
import dev.postern.card.Notices;
import dev.postern.card.Stakes;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GrantTerms.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Buttons and forms: a vote is written down and acknowledged; judging happens elsewhere. */
final class Interactions {
  private static final Logger log = LoggerFactory.getLogger(Interactions.class);

  private final Wiring postern;
  private final Forms forms;
  private final ProbePress probe;
  private final Doorway doorway;
  private final Executor afterwards;

  /**
   * @param afterwards runs what calls Slack, so that the acknowledgement does not wait for it
   */
  Interactions(Wiring postern, WebApi api, Executor afterwards) {
    this.postern = postern;
    this.forms = new Forms(postern, api, afterwards);
    this.probe = new ProbePress(api, postern.clock(), afterwards);
    this.doorway = new Doorway(postern.directory());
    this.afterwards = afterwards;
  }

  Reply handle(JsonNode payload) {
    return switch (Kit.text(payload.path("type"))) {
      case "block_actions" ->
          ProbePress.is(payload)
              ? probe.handle(payload)
              : Press.parse(payload).map(this::press).orElseGet(Interactions::notUnderstood);
      case "view_submission" ->
          Submission.parse(payload).map(this::submit).orElseGet(Interactions::notUnderstood);
      case "view_closed" -> Reply.ok();
      default -> notUnderstood();
    };
  }

  /** Whether an interaction is a click or a form that the inbox keeps; others only show things. */
  boolean takesDown(JsonNode payload) {
    return switch (Kit.text(payload.path("type"))) {
      case "block_actions" ->
          Press.parse(payload).flatMap(Interactions::act).isPresent() && !ProbePress.is(payload);
      case "view_submission" ->
          Submission.parse(payload).filter(sent -> sent.grant().isEmpty()).isPresent();
      default -> false;
    };
  }

  private Reply press(Press press) {
    return act(press).map(act -> click(press, act)).orElseGet(() -> show(press));
  }

  /** What a press says at once; empty where it opens something, or says nothing. */
  private static Optional<Act> act(Press press) {
    return switch (press.action()) {
      case "pn.release" ->
          press.wantsForm() ? Optional.empty() : Optional.of(new Choice.ReleaseAll());
      case "pn.discard" -> press.wantsForm() ? Optional.empty() : Optional.of(new Choice.Discard());
      case "pn.recheck" -> Optional.of(new Act.Recheck());
      case "pn.expected" -> testify(press, Testimony.Word.EXPECTED);
      case "pn.unexpected" -> testify(press, Testimony.Word.UNEXPECTED);
      case "pn.unsure" -> testify(press, Testimony.Word.UNSURE);
      default -> Optional.empty();
    };
  }

  private static Optional<Act> testify(Press press, Testimony.Word word) {
    return Optional.of(new Act.Testify(word, press.message()));
  }

  private Reply show(Press press) {
    return switch (press.action()) {
      case "pn.release", "pn.release_some" -> later(() -> forms.open(press, Modals.RELEASE));
      case "pn.discard" -> later(() -> forms.open(press, Modals.DISCARD));
      case "pn.evidence" -> later(() -> forms.evidence(press));
      case "pn.handover" -> later(() -> forms.handOver(press));
      case "pn.ask" -> later(() -> forms.ask(press));
      case "pn.block" -> later(() -> forms.grant(press, Kind.BLOCK));
      case "pn.allow" -> later(() -> forms.grant(press, Kind.ALLOW));
      // A button that is a link: the client opened it already.
      case "pn.goto" -> Reply.ok();
      default -> later(() -> forms.unknownAction(press));
    };
  }

  private Reply click(Press press, Act act) {
    return accept(press.click(act))
        ? Reply.ok()
        : later(() -> forms.notRecorded(press.channel(), press.who()));
  }

  private Reply submit(Submission sent) {
    boolean rare = sent.form().equals(RareModals.HAND_OVER) || sent.form().equals(RareModals.ASK);
    String field = rare ? RareModals.WHOM_BLOCK : Modals.REASON_BLOCK;
    Optional<CaseFile> it;
    try {
      it = postern.cases().find(sent.memo().caseId());
    } catch (RuntimeException storeTrouble) {
      log.warn("The store could not be read for a Slack form: {}", storeTrouble.toString());
      return fieldError(field, Notices.NOT_RECORDED.text());
    }
    if (it.isEmpty()) {
      return fieldError(field, "Postern has no such case any more.");
    }
    if (sent.grant().isPresent()) {
      return grant(sent, sent.grant().get(), it.get());
    }
    return rare ? rare(sent, it.get()) : vote(sent, it.get());
  }

  /** Durable when it is acknowledged, as a click is; what is wrong stands at its field. */
  private Reply grant(Submission sent, Kind kind, CaseFile it) {
    Optional<Wish> wish = GrantForm.wish(kind, sent.whom(), sent.words(), it);
    if (wish.isEmpty()) {
      return fieldError(RareModals.WHOM_BLOCK, "Choose one.");
    }
    try {
      Optional<Notice> refusal = doorway.refuses(sent.who());
      if (refusal.isPresent()) {
        return fieldError(Modals.REASON_BLOCK, refusal.get().text());
      }
      Person who = postern.directory().person(sent.who()).orElseThrow();
      Petitions.Answer answer = postern.lookups().petitions().ask(who, wish.get());
      if (answer instanceof Petitions.Refused refused) {
        return fieldError(Modals.REASON_BLOCK, refused.words());
      }
      return later(() -> forms.tell(sent.memo().channel(), sent.who(), GrantForm.told(answer)));
    } catch (RuntimeException storeTrouble) {
      log.warn("A grant could not be asked for from Slack: {}", storeTrouble.toString());
      return fieldError(Modals.REASON_BLOCK, Notices.NOT_RECORDED.text());
    }
  }

  private Reply rare(Submission sent, CaseFile it) {
    List<EmailAddress> all = it.envelope().recipients();
    Optional<Act> act =
        sent.form().equals(RareModals.ASK)
            ? sent.recipient().filter(n -> n <= all.size()).map(n -> new Act.Ask(all.get(n - 1)))
            : HandOver.act(sent.whom());
    return act.map(a -> record(sent, a, RareModals.WHOM_BLOCK))
        .orElseGet(() -> fieldError(RareModals.WHOM_BLOCK, "Choose one."));
  }

  private Reply vote(Submission sent, CaseFile it) {
    if (sent.choice() && sent.chosen().isEmpty()) {
      return fieldError(Modals.TO_BLOCK, "Choose at least one recipient.");
    }
    if (reasonNeeded(it, sent.form())) {
      boolean safe = sent.form().equals(Modals.RELEASE) && it.petition().isEmpty();
      if (safe && sent.why().isEmpty()) {
        return fieldError(Modals.WHY_BLOCK, "Choose one.");
      }
      if (sent.words().length() < Modals.SHORTEST_REASON) {
        return fieldError(
            Modals.REASON_BLOCK, "Write at least " + Modals.SHORTEST_REASON + " characters.");
      }
    }
    return choice(sent, it.envelope().recipients())
        .map(choice -> record(sent, choice, Modals.REASON_BLOCK))
        .orElseGet(() -> fieldError(Modals.TO_BLOCK, "Choose among its recipients."));
  }

  private Reply record(Submission sent, Act act, String field) {
    Click click =
        new Click(
            sent.eventId(),
            SlackSurface.NAME,
            sent.who(),
            sent.memo().token(),
            sent.memo().channel(),
            act,
            sent.reason());
    return accept(click) ? Reply.ok() : fieldError(field, Notices.NOT_RECORDED.text());
  }

  /** Durable when true. The same event again is no second click. */
  private boolean accept(Click click) {
    try {
      if (postern.accept().test(click)) {
        postern.accepted().accept(click);
      }
      return true;
    } catch (RuntimeException storeTrouble) {
      log.warn("A Slack click could not be recorded: {}", storeTrouble.toString());
      return false;
    }
  }

  private static boolean reasonNeeded(CaseFile it, String form) {
    Stake stake = form.equals(Modals.DISCARD) ? Stakes.ofDiscard(it) : Stakes.ofRelease(it);
    return stake.reasonNeeded();
  }

  private static Optional<Choice> choice(Submission sent, List<EmailAddress> all) {
    Optional<Choice> held =
        sent.form().equals(Modals.DISCARD)
            ? Optional.of(new Choice.Discard())
            : Stakes.release(sent.chosen(), all);
    return held.map(choice -> sent.later() ? choice.withLater() : choice);
  }

  private Reply later(Runnable work) {
    afterwards.execute(work);
    return Reply.ok();
  }

  private static Reply fieldError(String block, String sentence) {
    ObjectNode answer = Kit.object().put("response_action", "errors");
    answer.putObject("errors").put(block, sentence);
    return Reply.json(answer);
  }

  private static Reply notUnderstood() {
    return Reply.problem(
        400, "Not understood", "This kind of interaction is none that Postern's cards offer.");
  }
}
