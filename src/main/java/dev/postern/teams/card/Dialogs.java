package dev.postern.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Ballot;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.card.Asking;
import dev.postern.card.CardView;
import dev.postern.card.GrantForm;
import dev.postern.card.HandOver;
import dev.postern.card.Notice;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import java.util.List;
import java.util.Optional;

/** Answers to {@code task/fetch} and {@code task/submit}: dialogs and sentences in one. */
public final class Dialogs {
  private Dialogs() {}

  /** A sentence in a dialog that offers nothing; Teams shows it and closes. */
  public static ObjectNode told(Notice notice) {
    ObjectNode answer = Json.object();
    answer.putObject("task").put("type", "message").put("value", Invokes.words(notice));
    return answer;
  }

  /** One page of all that was found, read only. */
  public static ObjectNode evidence(EvidencePages pages, int page) {
    return dialog("Evidence " + pages.caseId(), "large", pages.draw(page));
  }

  /** What a button of a dialog looks up, in its place. */
  public static ObjectNode looked(CardView card) {
    return dialog(card.title(), "large", Buttons.inDialog(AdaptiveCards.of(card)));
  }

  /**
   * Whom to leave the decision to; empty where this person can do nothing of that kind.
   *
   * @param token what the button carried: that of the ballot is good on the web page only
   */
  public static Optional<ObjectNode> handOver(Ballot ballot, String token, CaseId id) {
    List<Choosing.Option> options =
        HandOver.options(ballot).stream()
            .map(one -> new Choosing.Option(one.value(), one.words(), one.name(), Inputs::person))
            .toList();
    String note = HandOver.NOTE + ". " + HandOver.NOTE_KEPT;
    return new Choosing(
            "Hand over", Field.HAND_OVER, HandOver.CONSEQUENCE, "To whom", options, note)
        .draw(token, id)
        .map(card -> dialog("Hand over", "medium", card));
  }

  /**
   * Which recipient is asked whether the message is expected; empty where none can be.
   *
   * @param token what the button carried
   */
  public static Optional<ObjectNode> ask(
      List<Asking.Candidate> candidates, String token, CaseId id) {
    List<Choosing.Option> options =
        candidates.stream()
            .map(
                one ->
                    new Choosing.Option(
                        Integer.toString(one.number()),
                        "",
                        Optional.of(one.address()),
                        Inputs::recipient))
            .toList();
    return new Choosing("Ask a recipient", Field.ASK, Asking.CONSEQUENCE, "Whom", options, "")
        .draw(token, id)
        .map(card -> dialog("Ask a recipient", "medium", card));
  }

  /**
   * Whose mail is to pass, or to be stopped; empty where the message names no sender.
   *
   * @param law how long and how many, as the policy has it
   * @param token what the button carried
   */
  public static Optional<ObjectNode> grant(Kind kind, CaseFile it, GrantLaw law, String token) {
    List<Choosing.Option> options =
        GrantForm.options(it).stream()
            .map(
                one ->
                    new Choosing.Option(
                        one.value(), one.words(), Optional.of(one.name()), Inputs::recipient))
            .toList();
    String verb = kind == Kind.ALLOW ? Field.ALLOW : Field.BLOCK;
    String title = GrantForm.title(kind);
    return new Choosing(
            title,
            verb,
            GrantForm.consequence(kind, it, law),
            GrantForm.WHOM,
            options,
            GrantForm.REASON)
        .draw(token, it.id())
        .map(card -> dialog(title, "medium", card));
  }

  private static ObjectNode dialog(String title, String size, ObjectNode card) {
    ObjectNode answer = Json.object();
    ObjectNode value = answer.putObject("task").put("type", "continue").putObject("value");
    value.put("title", Words.inert(title)).put("height", size).put("width", size);
    value.set("card", Attachments.of(card));
    return answer;
  }
}
