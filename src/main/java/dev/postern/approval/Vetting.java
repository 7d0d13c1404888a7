package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.policy.StagePlan.OnRelease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges one click under the lock of its case, at one instant. */
final class Vetting {
  private final Panel panel;
  private final Electorate electorate;
  private final Course course;
  private final Inquiry inquiry;
  private final Tx tx;
  private final CaseFile it;
  private final Instant now;

  Vetting(Panel panel, Tx tx, CaseFile it, Instant now) {
    this.panel = panel;
    this.electorate = panel.electorate();
    this.course = new Course(panel, tx, it, now);
    this.inquiry = new Inquiry(panel, tx, it, now);
    this.tx = tx;
    this.it = it;
    this.now = now;
  }

  /** Right, then token, then vote, then what the votes add up to. */
  Answer judge(TokenRow token, Click click) {
    Stage stage = tx.stage(token.stageId());
    Optional<Person> person = electorate.person(click.who());
    Optional<Refusal> refusal =
        electorate
            .bars(click.who())
            .or(() -> electorate.mayNot(person, stage, it).map(why -> exactly(why, stage, person)))
            .or(() -> misplaced(token, click))
            .or(() -> dead(token, stage))
            .or(() -> unfit(stage, click, person.orElseThrow()));
    if (refusal.isEmpty() && !redeemed(token, stage, click, person.orElseThrow())) {
      refusal = Optional.of(Refusal.TOKEN_USED);
    }
    if (refusal.isPresent()) {
      return refuse(refusal.get(), stage, click, person.map(Person::id).orElse("stranger"));
    }
    return switch (click.act()) {
      case Choice choice -> vote(stage, token.digest(), click, choice, person.orElseThrow());
      case Act.Withdraw _ -> withdraw(stage, person.orElseThrow());
      case Act.StepAside _ -> stepAside(stage, person.orElseThrow());
      case Act.HandOver over -> handOver(stage, click, person.orElseThrow(), over.to());
      case Act.Recheck _ -> inquiry.recheck(person.orElseThrow());
      case Act.Ask ask -> inquiry.ask(person.orElseThrow(), ask.recipient());
      case Act.Testify _ -> throw new IllegalStateException("refused above");
    };
  }

  private Answer refuse(Refusal why, Stage stage, Click click, String actor) {
    tx.log(actor, "click.refused", Facts.of(why, click));
    if (why == Refusal.LEFT) {
      course.checkReach(stage);
    }
    String decidedBy = it.decision().map(Decision::because).orElse("");
    return new Answer.Refused(why, decidedBy, Optional.of(it.id()));
  }

  /** Who is no approver has voted elsewhere, unless he came late or left it to the others. */
  private Refusal exactly(Refusal why, Stage stage, Optional<Person> person) {
    boolean elsewhere =
        tx.stages().stream()
            .filter(other -> other.id() != stage.id())
            .filter(other -> other.place().round() == stage.place().round())
            .flatMap(other -> tx.votes(other.id()).stream())
            .anyMatch(vote -> person.filter(p -> p.id().equals(vote.personId())).isPresent());
    return why == Refusal.ANOTHER_STAGE && !elsewhere ? Refusal.NOT_ALLOWED : why;
  }

  private static Optional<Refusal> misplaced(TokenRow token, Click click) {
    // The API shows no card of its own: its ballots carry the token of the web card.
    String surface = click.surface().equals("api") ? "web" : click.surface();
    boolean web = surface.equals("web");
    boolean here =
        token.place().surface().equals(surface)
            && (web
                || token.place().channel().equals(click.place())
                || token.place().isOwnChatOf(click.who()));
    return here ? Optional.empty() : Optional.of(Refusal.WRONG_PLACE);
  }

  private Optional<Refusal> dead(TokenRow token, Stage stage) {
    if (!token.digest().equals(Panel.asked(tx, it))) {
      return Optional.of(tx.campaigns().led().isPresent() ? Refusal.SET_CHANGED : Refusal.CHANGED);
    }
    return switch (stage.state()) {
      case OPEN -> now.isBefore(token.notAfter()) ? Optional.empty() : Optional.of(Refusal.EXPIRED);
      // It has no token before it opens.
      case WAITING -> Optional.of(Refusal.PASSED_ON);
      case CARRIED -> Optional.of(carried(stage));
      case EXPIRED -> Optional.of(Refusal.EXPIRED);
      case ESCALATED -> Optional.of(it.asking() ? Refusal.PASSED_ON : Refusal.EXPIRED);
      case SUPERSEDED ->
          Optional.of(it.decision().isPresent() ? Refusal.TOKEN_USED : Refusal.CHANGED);
    };
  }

  private Refusal carried(Stage stage) {
    if (stage.terms().onRelease() == OnRelease.NEXT && it.asking()) {
      return Refusal.PASSED_ON;
    }
    // The stages behind it may have come to nothing: then nobody has decided.
    return it.decision().isPresent() ? Refusal.TOKEN_USED : Refusal.EXPIRED;
  }

  private Optional<Refusal> unfit(Stage stage, Click click, Person person) {
    Optional<Vote> mine =
        tx.votes(stage.id()).stream().filter(v -> v.personId().equals(person.id())).findFirst();
    return switch (click.act()) {
      case Act.Withdraw _ -> mine.isEmpty() ? Optional.of(Refusal.NO_VOTE) : Optional.empty();
      case Act.StepAside _ -> Optional.empty();
      case Act.HandOver over -> notToHandOver(stage, person, over.to());
      case Act.Recheck _ -> inquiry.notToRecheck();
      case Act.Ask ask -> inquiry.notToAsk(ask.recipient());
      // Witnesses have tokens of their own; a button of a stage is none.
      case Act.Testify _ -> Optional.of(Refusal.FORGED);
      case Choice choice ->
          mine.filter(vote -> vote.choice().equals(choice)).isPresent()
              ? Optional.of(Refusal.VOTED_ALREADY)
              : unfit(stage, choice, click.reason());
    };
  }

  /** Who has voted has spent a use of the token, which nobody else can vote with. */
  private Optional<Refusal> notToHandOver(Stage stage, Person from, String to) {
    if (tx.hasVoted(stage.id(), from.id())) {
      return Optional.of(Refusal.HAS_VOTED);
    }
    return panel.maySubstitute(tx, stage, it, to, now)
        ? Optional.empty()
        : Optional.of(Refusal.NOT_THEM);
  }

  private Optional<Refusal> unfit(Stage stage, Choice choice, String reason) {
    if (choice instanceof Choice.ReleaseTo some
        && !it.envelope().recipients().containsAll(some.recipients())) {
      return Optional.of(Refusal.WRONG_RECIPIENTS);
    }
    if (choice instanceof Choice.ReleaseTo
        && tx.campaigns().led().flatMap(Campaign::set).isPresent()) {
      return Optional.of(Refusal.WHOLE_SET);
    }
    if (choice.later() && !mayCoverLater(choice)) {
      return Optional.of(Refusal.NOT_LATER);
    }
    // Who breaks the glass confirms nobody: that stage stands beside the others.
    boolean another =
        !(choice instanceof Choice.Discard)
            && !stage.breakGlass()
            && agreed(stage).filter(a -> !a.equals(choice.alone())).isPresent();
    if (another) {
      return Optional.of(Refusal.OTHER_RELEASE);
    }
    return stage.needsReason(choice) && reason.isBlank()
        ? Optional.of(Refusal.REASON_NEEDED)
        : Optional.empty();
  }

  /** Whether the set that is voted on says on what terms. */
  private boolean mayCoverLater(Choice choice) {
    return tx.campaigns()
        .led()
        .filter(campaign -> campaign.set().isPresent())
        .flatMap(Campaign::offer)
        .filter(offer -> choice instanceof Choice.Discard || offer.pass().isPresent())
        .isPresent();
  }

  /** The release that an earlier stage of the same round agreed to. */
  private Optional<Choice> agreed(Stage stage) {
    for (Stage earlier : tx.stages()) {
      boolean before =
          earlier.state() == Stage.State.CARRIED
              && earlier.place().round() == stage.place().round()
              && earlier.id() != stage.id();
      if (before && Tally.of(tx.votes(earlier.id()), earlier) instanceof Tally.Carried(Choice c)) {
        return Optional.of(c);
      }
    }
    return Optional.empty();
  }

  /** A token is spent by the first vote of a person; later ones take the place of the first. */
  private boolean redeemed(TokenRow token, Stage stage, Click click, Person person) {
    return !(click.act() instanceof Choice)
        || tx.hasVoted(stage.id(), person.id())
        || tx.redeem(token, now);
  }

  private Answer vote(Stage stage, Digest digest, Click click, Choice choice, Person person) {
    Gathering.voted(tx, now);
    boolean again =
        tx.vote(
            new Vote(
                stage.id(),
                person.id(),
                person.name(),
                choice,
                click.reason(),
                digest,
                click.surface(),
                now));
    // The words stay in the vote's row, where they can be deleted; the log proves what they were.
    String reason = Digest.of(click.reason()).hex();
    tx.log(
        person.id(),
        again ? "vote.changed" : "vote.cast",
        "choice="
            + Facts.of(choice)
            + " stage="
            + stage.ordinal()
            + " surface="
            + click.surface()
            + " digest="
            + digest.hex()
            + " reason-sha256="
            + reason);
    List<Vote> votes = tx.votes(stage.id());
    return switch (Tally.of(votes, stage)) {
      case Tally.Open open -> new Answer.Counted(it.id(), open.missing());
      case Tally.Carried carried -> course.carried(stage, carried.choice());
    };
  }

  private Answer withdraw(Stage stage, Person person) {
    tx.withdraw(stage.id(), person.id());
    tx.log(person.id(), "vote.withdrawn", "stage=" + stage.ordinal());
    return new Answer.Noted(it.id());
  }

  private Answer handOver(Stage stage, Click click, Person from, String id) {
    Person to = electorate.person(Identity.ofPostern(id)).orElseThrow();
    boolean alone = panel.asksInOwnChats(stage); // then the card itself tells
    tx.handOver(
        stage,
        new HandOver(
            stage.id(),
            HandOver.Party.of(from),
            HandOver.Party.of(to),
            click.reason(),
            now,
            alone ? Optional.empty() : to.chat(),
            Optional.empty()));
    if (alone) {
      panel.askToo(tx, it, tx.stage(stage.id()), to);
    }
    // As with votes, the words stay in their row.
    String note = click.reason().isBlank() ? "" : " note-sha256=" + Digest.of(click.reason()).hex();
    tx.log(from.id(), "approver.handed-over", "stage=" + stage.ordinal() + " to=" + id + note);
    return new Answer.Noted(it.id());
  }

  private Answer stepAside(Stage stage, Person person) {
    if (tx.withdraw(stage.id(), person.id())) {
      tx.log(person.id(), "vote.withdrawn", "stage=" + stage.ordinal());
    }
    tx.dropApprover(stage, person.id());
    tx.log(person.id(), "approver.aside", "stage=" + stage.ordinal());
    // Those who are left may be the majority that a discard needs.
    Stage left = tx.stage(stage.id());
    if (Tally.of(tx.votes(left.id()), left) instanceof Tally.Carried(Choice choice)) {
      return course.carried(left, choice);
    }
    course.checkReach(left);
    Stage after = tx.stage(left.id());
    if (after.open()) {
      panel.askElsewhere(tx, it, after);
    }
    return new Answer.Noted(it.id());
  }
}
