package dev.postern.card;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Confirm;
import dev.postern.card.CardView.Level;
import dev.postern.card.CardView.Style;
import dev.postern.policy.StagePlan.ReasonRule;
import java.util.List;
import java.util.Optional;

/**
 * The buttons of a card that asks. The easy way is never the dangerous one: only at low risk does
 * one click release, and then after a question.
 */
final class Buttons {
  private Buttons() {}

  static List<CardAction> of(CaseFile file, Stage stage, Level level, String token) {
    int recipients = file.envelope().recipients().size();
    return List.of(
        release(stage, level, recipients, token),
        discard(stage, recipients, token),
        new CardAction(
            "pn.evidence",
            "More evidence",
            token,
            Style.PLAIN,
            "Show all evidence for this message",
            Optional.empty()));
  }

  private static CardAction release(Stage stage, Level level, int recipients, String token) {
    boolean low = level == Level.LOW;
    boolean form =
        !low || stage.reason() == ReasonRule.RELEASE || stage.reason() == ReasonRule.ALWAYS;
    String who = Wording.count(recipients, "recipient");
    return new CardAction(
        "pn.release",
        form ? "Release…" : "Release",
        token,
        low ? Style.PRIMARY : Style.PLAIN,
        "Release this message to " + who,
        form
            ? Optional.empty()
            : Optional.of(
                new Confirm(
                    "Release this message?",
                    "It is delivered to "
                        + who
                        + " at once and cannot be recalled. Your name is recorded.",
                    "Release",
                    "Keep held")));
  }

  private static CardAction discard(Stage stage, int recipients, String token) {
    boolean form = stage.reason() == ReasonRule.DISCARD || stage.reason() == ReasonRule.ALWAYS;
    String who = recipients == 1 ? "its recipient" : "all " + recipients + " recipients";
    return new CardAction(
        "pn.discard",
        form ? "Discard…" : "Discard",
        token,
        Style.DANGER,
        "Discard this message for every recipient",
        form
            ? Optional.empty()
            : Optional.of(
                new Confirm(
                    "Discard this message?",
                    "It is deleted from quarantine for "
                        + who
                        + ". The sender is not told. It cannot be undone.",
                    "Discard",
                    "Keep held")));
  }
}
