package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.Chain;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The people who are asked: opens a stage before them, and knows who of them may vote. */
public final class Panel {
  private final Directory directory;
  private final List<CardPlace> places;
  private final RandomGenerator random;

  /**
   * Takes its parts.
   *
   * @param directory who people are
   * @param places where every case gets a card
   * @param random a cryptographic source, for token ids
   */
  public Panel(Directory directory, List<CardPlace> places, RandomGenerator random) {
    this.directory = directory;
    this.places = List.copyOf(places);
    this.random = random;
  }

  /** Opens the first stage of a chain: approvers as of now, one card and one token per place. */
  Stage open(Tx tx, Chain chain, Digest digest, Instant now) {
    Chain.StagePlan plan = chain.stages().getFirst();
    Set<String> approvers = new LinkedHashSet<>();
    plan.approvers().forEach(a -> directory.named(a).forEach(p -> approvers.add(p.id())));
    Stage stage =
        tx.openStage(
            new Stage(
                0,
                1,
                chain.stages().size(),
                plan.name(),
                List.copyOf(approvers),
                plan.quorum(),
                plan.reason(),
                now,
                now.plus(plan.window()).truncatedTo(ChronoUnit.SECONDS),
                Stage.State.OPEN));
    for (CardPlace place : places) {
      tx.mint(token(tx.card(place), stage, digest));
    }
    tx.wake(Work.STAGE, Long.toString(stage.id()), stage.closes());
    return stage;
  }

  private TokenRow token(CardRow card, Stage stage, Digest digest) {
    // Split votes need as many uses as there are people; a quorum of one is decided by the first.
    int uses = stage.quorum() == 1 ? 1 : Math.max(1, stage.approvers().size());
    return new TokenRow(
        TokenId.random(random),
        card.caseId(),
        stage.id(),
        card.id(),
        card.place(),
        digest,
        stage.closes(),
        uses);
  }

  /** The person behind an account. */
  Optional<Person> person(Identity who) {
    return directory.person(who);
  }

  /** Why this person may not vote on this stage of this case; empty when he may. */
  Optional<Refusal> mayNot(Optional<Person> person, Stage stage, CaseFile it) {
    if (person.isEmpty() || !stage.approvers().contains(person.get().id())) {
      return Optional.of(Refusal.NOT_ALLOWED);
    }
    boolean party = person.get().email().map(e -> isParty(e, it)).orElse(false);
    return party ? Optional.of(Refusal.OWN_MESSAGE) : Optional.empty();
  }

  private static boolean isParty(EmailAddress email, CaseFile it) {
    String mine = email.toString();
    return it.envelope().recipients().stream().anyMatch(r -> r.toString().equalsIgnoreCase(mine))
        || it.envelope().mailFromText().equalsIgnoreCase(mine)
        || it.message().from().equalsIgnoreCase(mine);
  }
}
