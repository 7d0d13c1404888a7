package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What those who vote may find out before they do. Everything under the lock of the case. */
record Inquiry(Panel panel, Tx tx, CaseFile it, Instant now) {
  /** A look asks DNS for everything again. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  /** The number of a look that a person asked for. */
  static final int BY_HAND = 0;

  Optional<Refusal> notToRecheck() {
    if (!it.rawKept()) {
      return Optional.of(Refusal.NO_OCTETS);
    }
    boolean soon = tx.lookAsked().filter(at -> now.isBefore(at.plus(BETWEEN_LOOKS))).isPresent();
    return soon ? Optional.of(Refusal.TOO_SOON) : Optional.empty();
  }

  Answer recheck(Person person) {
    tx.askLook();
    tx.log(person.id(), "recheck.asked", "");
    tx.wake(Work.RECHECK, it.id().text() + "#" + BY_HAND, now);
    return new Answer.Looking(it.id());
  }

  Optional<Refusal> notToAsk(EmailAddress recipient) {
    if (!it.envelope().recipients().contains(recipient)) {
      return Optional.of(Refusal.WRONG_RECIPIENTS);
    }
    Optional<Witness> witness = panel.electorate().witness(recipient);
    if (witness.isEmpty()) {
      return Optional.of(Refusal.NO_WITNESS);
    }
    boolean asked =
        tx.testimonies().stream()
            .anyMatch(
                t ->
                    t.personId().equals(witness.get().id())
                        || t.place().equals(witness.get().place()));
    return asked ? Optional.of(Refusal.ASKED_ALREADY) : Optional.empty();
  }

  Answer ask(Person person, EmailAddress recipient) {
    Witness witness = panel.electorate().witness(recipient).orElseThrow();
    tx.ask(
        new Testimony(
            panel.newToken(),
            recipient,
            witness.id(),
            witness.name(),
            witness.place(),
            new Testimony.Asking(person.id(), person.name(), now)));
    tx.log(person.id(), "witness.asked", "person=" + witness.id());
    return new Answer.Asked(it.id());
  }
}
