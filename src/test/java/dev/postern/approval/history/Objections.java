package dev.postern.approval.history;

import dev.postern.approval.Act;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Refusal;
import dev.postern.policy.StagePlan.ReasonRule;
import java.util.EnumSet;
import java.util.Set;

/**
 * Everything that docs/approval.md holds against a click. A click counts just when there is
 * nothing; which of several objections a person is told is up to the desk.
 */
final class Objections {
  private final Model model;
  private final Set<Refusal> found = EnumSet.noneOf(Refusal.class);

  /**
   * A button, as the model knows it.
   *
   * @param stage what it votes in
   * @param evidence which examination its card shows
   * @param slack whether the card is one in Slack
   */
  record Button(Asked stage, int evidence, boolean slack) {}

  private Objections(Model model) {
    this.model = model;
  }

  static Set<Refusal> to(Button button, Step.Clicks click, Model model) {
    Objections objections = new Objections(model);
    objections.toPerson(button.stage(), click.who());
    objections.toButton(button, click);
    objections.toAct(button.stage(), click);
    return objections.found;
  }

  private void add(boolean holds, Refusal refusal) {
    if (holds) {
      found.add(refusal);
    }
  }

  private void toPerson(Asked stage, String who) {
    boolean asked = stage.approvers.contains(who);
    boolean byId = stage.plan.asked().approvers().contains(who) || stage.substitutes.contains(who);
    add(!asked || !model.roster.knows(who), Refusal.NOT_ALLOWED);
    add(model.roster.knows(who) && model.setting.party(who) && !byId, Refusal.OWN_MESSAGE);
    add(stage.atFirst.contains(who) && !asked, Refusal.LEFT);
    add(asked && !model.asks(stage, who), Refusal.LEFT);
    add(model.filledOther(who, stage), Refusal.ANOTHER_STAGE);
    add(!asked && model.votedElsewhere(who, stage), Refusal.ANOTHER_STAGE);
  }

  private void toButton(Button button, Step.Clicks click) {
    Asked stage = button.stage();
    boolean late = !model.now.isBefore(stage.closes);
    boolean over = !stage.open();
    add(late || stage.end == Asked.End.IN_VAIN, Refusal.EXPIRED);
    add(over && model.state == CaseState.EXPIRED, Refusal.EXPIRED);
    add(over && model.decision.isPresent(), Refusal.TOKEN_USED);
    add(over && model.open().isPresent(), Refusal.PASSED_ON);
    add(button.evidence() != model.evidence, Refusal.CHANGED);
    boolean elsewhere = button.slack() != click.slack() || (click.slack() && click.astray());
    add(elsewhere, Refusal.WRONG_PLACE);
  }

  private void toAct(Asked stage, Step.Clicks click) {
    switch (click.act()) {
      case Act.Withdraw _ -> add(!stage.votes.containsKey(click.who()), Refusal.NO_VOTE);
      case Act.StepAside _, Act.Recheck _, Act.Ask _, Act.Testify _ -> {}
      case Act.HandOver over -> {
        add(stage.everVoted.contains(click.who()), Refusal.HAS_VOTED);
        add(!model.mayTakeOver(stage, over.to()), Refusal.NOT_THEM);
      }
      case Choice choice -> toChoice(stage, click, choice);
    }
  }

  private void toChoice(Asked stage, Step.Clicks click, Choice choice) {
    boolean discard = choice instanceof Choice.Discard;
    add(choice.equals(stage.votes.get(click.who())), Refusal.VOTED_ALREADY);
    ReasonRule rule = stage.plan.voting().reason();
    boolean wordsWanted =
        rule == ReasonRule.ALWAYS || rule == (discard ? ReasonRule.DISCARD : ReasonRule.RELEASE);
    add(wordsWanted && !click.words(), Refusal.REASON_NEEDED);
    add(
        choice instanceof Choice.ReleaseTo some
            && !model.setting.recipients().containsAll(some.recipients()),
        Refusal.WRONG_RECIPIENTS);
    boolean agreedOtherwise =
        !discard && model.agreedRelease(stage).filter(agreed -> !agreed.equals(choice)).isPresent();
    add(agreedOtherwise && !stage.glass(), Refusal.OTHER_RELEASE);
  }
}
