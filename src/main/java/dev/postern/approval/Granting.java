package dev.postern.approval;

import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GrantId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out what people decide about grants: a release puts one in force, a discard ends the
 * request. What it is told twice it does once.
 */
public final class Granting implements Quarantine {
  private final GrantBook book;
  private final InstantSource clock;

  /** Takes its parts. */
  public Granting(GrantBook book, InstantSource clock) {
    this.book = book;
    this.clock = clock;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    if (mandate.stands()) {
      book.activate(id(held), clock.instant());
    }
    return stands(held, to, true);
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    if (mandate.stands()) {
      book.refuse(id(held), clock.instant());
    }
    return stands(held, held.envelope().recipients(), false);
  }

  @Override
  public Standing standing(CaseFile held) {
    return book.find(id(held))
        .map(
            it ->
                switch (it.state()) {
                  case REQUESTED -> Standing.HELD;
                  case ACTIVE, ENDED, USED_UP -> Standing.RELEASED;
                  case REFUSED, LAPSED, REVOKED -> Standing.GONE;
                })
        .orElse(Standing.GONE);
  }

  @Override
  public Outcome lookUp(CaseFile held, List<EmailAddress> open) {
    boolean release =
        held.decision().filter(it -> !(it.choice() instanceof Choice.Discard)).isPresent();
    return stands(held, open, release);
  }

  /** What the row proves. One that was in force and is over was granted all the same. */
  private Outcome stands(CaseFile held, List<EmailAddress> open, boolean granted) {
    Optional<Grant> found = book.find(id(held));
    if (found.isEmpty()) {
      return Outcome.forAll(open, Kind.NOT_FOUND, "there is no such grant");
    }
    Grant it = found.get();
    Kind kind =
        switch (it.state()) {
          case REQUESTED -> Kind.TEMP_FAIL;
          case ACTIVE, ENDED, USED_UP -> granted ? Kind.ACCEPTED_ASYNC : Kind.PERM_FAIL;
          case REFUSED -> granted ? Kind.NOT_FOUND : Kind.DISCARDED;
          case REVOKED ->
              granted && it.times().since().isPresent() ? Kind.ACCEPTED_ASYNC : Kind.NOT_FOUND;
          case LAPSED -> Kind.NOT_FOUND;
        };
    return Outcome.forAll(open, kind, "grant " + it.id() + " is " + it.state().word());
  }

  private static GrantId id(CaseFile held) {
    return new GrantId(held.hold().id());
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.DISCARD);
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }
}
