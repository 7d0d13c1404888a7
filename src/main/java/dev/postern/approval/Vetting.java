package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.policy.Chain.ReasonRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges one click under the lock of its case, at one instant. */
final class Vetting {
  private final Panel panel;
  private final Instant now;

  Vetting(Panel panel, Instant now) {
    this.panel = panel;
    this.now = now;
  }

  /** Right, then token, then vote, then what the votes add up to. */
  Answer judge(Tx tx, CaseFile it, TokenRow token, Click click) {
    Stage stage = tx.stage(token.stageId());
    Optional<Person> person = panel.person(click.who());
    Optional<Refusal> refusal =
        panel
            .mayNot(person, stage, it)
            .or(() -> misplaced(token, click))
            .or(() -> dead(token, stage, it))
            .or(() -> unfit(tx, stage, it, click, person.orElseThrow()));
    if (refusal.isEmpty() && !tx.redeem(token, now)) {
      refusal = Optional.of(Refusal.TOKEN_USED);
    }
    String actor = person.map(Person::id).orElse("stranger");
    if (refusal.isPresent()) {
      tx.log(actor, "click.refused", "why=" + refusal.get().word() + " surface=" + click.surface());
      return new Answer.Refused(refusal.get(), decidedBy(it), Optional.of(it.id()));
    }
    vote(tx, stage, token.digest(), click, person.orElseThrow());
    return switch (Tally.of(tx.votes(stage.id()), stage.quorum())) {
      case Tally.Open open -> new Answer.Counted(it.id(), open.missing());
      case Tally.Carried carried -> carry(tx, it, stage, carried.choice());
    };
  }

  private static Optional<Refusal> misplaced(TokenRow token, Click click) {
    // The API shows no card of its own: its ballots carry the token of the web card.
    String surface = click.surface().equals("api") ? "web" : click.surface();
    boolean here =
        token.place().surface().equals(surface) && token.place().channel().equals(click.place());
    return here ? Optional.empty() : Optional.of(Refusal.WRONG_PLACE);
  }

  private Optional<Refusal> dead(TokenRow token, Stage stage, CaseFile it) {
    if (!it.digest().filter(token.digest()::equals).isPresent()) {
      return Optional.of(Refusal.CHANGED);
    }
    return switch (stage.state()) {
      case OPEN -> now.isBefore(token.notAfter()) ? Optional.empty() : Optional.of(Refusal.EXPIRED);
      case CARRIED -> Optional.of(Refusal.TOKEN_USED);
      case EXPIRED -> Optional.of(Refusal.EXPIRED);
      case SUPERSEDED -> Optional.of(Refusal.CHANGED);
    };
  }

  private static Optional<Refusal> unfit(
      Tx tx, Stage stage, CaseFile it, Click click, Person person) {
    if (tx.votes(stage.id()).stream().anyMatch(v -> v.personId().equals(person.id()))) {
      return Optional.of(Refusal.VOTED_ALREADY);
    }
    if (click.choice() instanceof Choice.ReleaseTo some
        && !it.envelope().recipients().containsAll(some.recipients())) {
      return Optional.of(Refusal.WRONG_RECIPIENTS);
    }
    return needsReason(stage.reason(), click.choice()) && click.reason().isBlank()
        ? Optional.of(Refusal.REASON_NEEDED)
        : Optional.empty();
  }

  private static boolean needsReason(ReasonRule rule, Choice choice) {
    return switch (rule) {
      case NEVER -> false;
      case ALWAYS -> true;
      case DISCARD -> choice instanceof Choice.Discard;
      case RELEASE -> !(choice instanceof Choice.Discard);
    };
  }

  private void vote(Tx tx, Stage stage, Digest digest, Click click, Person person) {
    tx.vote(
        new Vote(
            stage.id(),
            person.id(),
            person.name(),
            click.choice(),
            click.reason(),
            digest,
            click.surface(),
            now));
    // The words stay in the vote's row, where they can be deleted; the log proves what they were.
    String reason = Digest.of(click.reason()).hex();
    tx.log(
        person.id(),
        "vote.cast",
        "choice="
            + describe(click.choice())
            + " stage="
            + stage.ordinal()
            + " surface="
            + click.surface()
            + " digest="
            + digest.hex()
            + " reason-sha256="
            + reason);
  }

  private Answer carry(Tx tx, CaseFile it, Stage stage, Choice choice) {
    List<Vote> votes = tx.votes(stage.id());
    String names = votes.stream().map(Vote::personName).collect(Collectors.joining(" and "));
    tx.closeStage(stage.id(), Stage.State.CARRIED);
    tx.update(
        CaseUpdate.to(CaseState.DECIDED)
            .decision(new Decision(choice, Decision.By.PEOPLE, names, now)));
    tx.wake(
        Work.EFFECT,
        Long.toString(tx.demand(choice, it.outcome().orElse(Outcome.none()).proved())),
        now);
    tx.log("postern", "case.decided", "choice=" + describe(choice));
    return new Answer.Decided(it.id(), choice);
  }

  private static String describe(Choice choice) {
    return switch (choice) {
      case Choice.ReleaseTo some ->
          "release-to-"
              + some.recipients().size()
              + " recipients-sha256="
              + Digest.of(some.recipients().toString()).hex();
      case Choice.ReleaseAll _, Choice.Discard _ -> choice.word();
    };
  }

  private static String decidedBy(CaseFile it) {
    return it.decision().map(Decision::because).orElse("");
  }
}
