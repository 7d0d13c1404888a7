package dev.postern.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may vote on what just now, and with which token. */
record Polling(Records records, Panel panel, Tokens tokens, Instant now) {

  /** What this person needs to vote on the case; empty when there is nothing to vote on. */
  Optional<Ballot> ballot(CaseId id, Person person) {
    return records
        .find(id)
        .flatMap(it -> ballot(it, person, CardPlace.WEB).or(() -> ballot(it, person, Panel.GLASS)));
  }

  private Optional<Ballot> ballot(CaseFile it, Person person, CardPlace at) {
    Optional<TokenRow> token = records.tokenAt(it.id(), at).filter(t -> now.isBefore(t.notAfter()));
    Optional<Stage> stage =
        token
            .flatMap(t -> records.stage(t.stageId()))
            .filter(Stage::open)
            .filter(s -> panel.electorate().mayNot(Optional.of(person), s, it).isEmpty());
    // Each approver has a use of the token, or has spent it and votes again for free.
    return stage.flatMap(
        s -> {
          boolean stands = records.voteStands(s.id(), person.id());
          boolean voted = records.hasVoted(s.id(), person.id());
          List<Person> others = voted ? List.of() : panel.substitutes(s, it, now);
          return token.map(
              t -> new Ballot(tokens.seal(t.id()), choices(s, stands, others), s, others));
        });
  }

  private static List<String> choices(Stage stage, boolean stands, List<Person> others) {
    List<String> choices = new ArrayList<>(List.of("release", "discard"));
    if (stands) {
      choices.add(new Act.Withdraw().word());
    }
    if (stage.approvers().size() > 1) {
      choices.add(new Act.StepAside().word());
    }
    if (!others.isEmpty()) {
      choices.add(new Act.HandOver("").word());
    }
    return choices;
  }
}
