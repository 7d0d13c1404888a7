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
            .or(
                () ->
                    asked
                        .map(t -> refusal(t, person, click.who()))
                        .orElse(Optional.of(Refusal.FORGED)));
    String actor =
        person
            .map(Person::id)
            .or(() -> asked.filter(t -> t.askedOf(click.who())).map(Testimony::personId))
            .orElse("stranger");
    if (refusal.isPresent()) {
      Refusal why = refusal.get();
      tx.log(actor, "click.refused", Facts.of(why, click));
      String decidedBy = it.decision().map(Decision::because).orElse("");
      return new Answer.Refused(why, decidedBy, Optional.of(it.id()));
    }
    tx.testify(asked.orElseThrow().answered(new Testimony.Reply(word, now)));
    tx.log(actor, "witness.answered", "answer=" + word.word() + " surface=" + click.surface());
    return new Answer.Heard(it.id());
  }

  /** Whoever has the account that was asked, or is the person of the settings who has it now. */
  private Optional<Refusal> refusal(Testimony asked, Optional<Person> person, Identity who) {
    boolean theirs = person.filter(p -> p.id().equals(asked.personId())).isPresent();
    if (!theirs && !asked.askedOf(who)) {
      return Optional.of(Refusal.NOT_ALLOWED);
    }
    if (asked.reply().isPresent()) {
      return Optional.of(Refusal.ANSWERED);
    }
    return it.asking()
        ? Optional.empty()
        : Optional.of(it.decision().isPresent() ? Refusal.TOKEN_USED : Refusal.EXPIRED);
  }
}
