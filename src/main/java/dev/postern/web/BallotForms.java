package dev.postern.web;

import static dev.postern.card.Cleaner.Kind.ADDRESS;

import dev.postern.approval.Ballot;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Stage;
import dev.postern.card.CardView;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Style;
import dev.postern.card.Cleaner;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.web.BallotForm.Button;
import dev.postern.web.BallotForm.Recipient;
import dev.postern.web.BallotForm.Substitute;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the decision form for somebody who may vote now. */
final class BallotForms {
  private final WebParts parts;

  BallotForms(WebParts parts) {
    this.parts = parts;
  }

  BallotForm form(CaseFile file, Ballot ballot, CardView card, Reader reader, Draft draft) {
    Instant now = parts.clock().instant();
    Stage stage = ballot.stage();
    return new BallotForm(
        "/cases/" + file.id() + "/votes",
        ballot.token(),
        parts.sessions().randomId(),
        reader.formToken(),
        recipients(file, draft),
        card.kind() == CardView.Kind.CAMPAIGN,
        later(card),
        draft.later(),
        buttons(ballot, card, stage.reason()),
        ballot.substitutes().stream().map(p -> new Substitute(p.id(), p.name())).toList(),
        draft.reason(),
        file.petition().isPresent() ? Words.ofRequest(stage.reason()) : Words.of(stage.reason()),
        stage.reason() != ReasonRule.NEVER,
        draft.problem(),
        Due.at(stage.closes(), now),
        stage(stage),
        card.kind() == CardView.Kind.REQUEST);
  }

  private static String stage(Stage stage) {
    return stage.breakGlass()
        ? stage.name() + ": your word decides at once, and is told to others"
        : "Stage " + stage.ordinal() + " of " + stage.of() + ", " + stage.name();
  }

  private static List<Recipient> recipients(CaseFile file, Draft draft) {
    List<EmailAddress> all = file.envelope().recipients();
    return IntStream.rangeClosed(1, all.size())
        .mapToObj(
            n ->
                new Recipient(
                    n,
                    Piece.of(Cleaner.clean(all.get(n - 1).toString(), ADDRESS)),
                    draft.ticked().contains(n)))
        .toList();
  }

  private static List<Button> buttons(Ballot ballot, CardView card, ReasonRule rule) {
    return ballot.choices().stream()
        .filter(choice -> !choice.equals("hand-over"))
        .map(c -> new Button(c, style(card, c), !needed(rule, c)))
        .toList();
  }

  private static List<String> later(CardView card) {
    return card.actions().stream()
        .flatMap(action -> action.stake().stream())
        .flatMap(stake -> stake.later().stream())
        .toList();
  }

  private static boolean needed(ReasonRule rule, String choice) {
    return switch (rule) {
      case NEVER -> false;
      case ALWAYS -> choice.equals("discard") || choice.equals("release");
      case DISCARD -> choice.equals("discard");
      case RELEASE -> choice.equals("release");
    };
  }

  private static Style style(CardView card, String choice) {
    return card.actions().stream()
        .filter(a -> a.id().equals("pn." + choice))
        .map(CardAction::style)
        .findFirst()
        .orElse(Style.PLAIN);
  }
}
