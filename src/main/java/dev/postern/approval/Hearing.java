package dev.postern.approval;

import java.time.Instant;
import java.util.Optional;

/** Judges what a witness answered, under the lock of the case, at one instant. */
record Hearing(Electorate electorate, Tx tx, CaseFile it, Instant now) {

  /** The right person, in time, for the first time. */
  Answer judge(TokenId question, Click click, Testimony.Word word) {
    Optional<Person> person = electorate.person(click.who());
    Optional<Testimony> asked =
        tx.testimonies().stream().filter(t -> t.id().equals(question)).findFirst();
    Optional<Refusal> refusal =
        electorate
            .bars(click.who())
            .or(() -> asked.map(t -> refusal(t, person)).orElse(Optional.of(Refusal.FORGED)));
    String actor = person.map(Person::id).orElse("stranger");
    if (refusal.isPresent()) {
      Refusal why = refusal.get();
      tx.log(actor, "click.refused", Facts.of(why, click));
      String decidedBy = it.decision().map(Decision::because).orElse("");
      return new Answer.Refused(why, decidedBy, Optional.of(it.id()));
    }
    tx.testify(question, new Testimony.Reply(word, now));
    tx.log(actor, "witness.answered", "answer=" + word.word() + " surface=" + click.surface());
    return new Answer.Heard(it.id());
  }

  private Optional<Refusal> refusal(Testimony asked, Optional<Person> person) {
    if (person.filter(p -> p.id().equals(asked.personId())).isEmpty()) {
      return Optional.of(Refusal.NOT_ALLOWED);
    }
    if (asked.reply().isPresent()) {
      return Optional.of(Refusal.ANSWERED);
    }
    return it.openStage().isPresent()
        ? Optional.empty()
        : Optional.of(it.decision().isPresent() ? Refusal.TOKEN_USED : Refusal.EXPIRED);
  }
}
